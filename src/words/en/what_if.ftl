# What would a change of services do, and for whom?

question-what-if = What would a change of services do, and for whom?
what-if-headline-none = { $scenario }: reach does not change
what-if-headline-not-known = { $scenario }: effect not known
what-if-headline-noise = { $scenario }: within the margin of error
what-if-headline-gain = { $scenario }: { $gained } more residents reached
what-if-headline-lose = { $scenario }: { $lost } residents lose reach
what-if-headline-both = { $scenario }: { $gained } gain, { $lost } lose reach
what-if-subtitle = “{ MID($kind) }”{ what-if-open }, before and after, { MID($within) }, { $area }
what-if-open = { $open ->
    [evening] , open in the evening
    [night] , open at night
    [weekend] , open at the weekend
   *[any] { "" }
}

what-if-gain = { $gained ->
    [one] With “{ $scenario }”, { $gained } resident would come within reach of a site of “{ MID($kind) }”{ what-if-open } ({ $within }).
   *[other] With “{ $scenario }”, { $gained } residents would come within reach of a site of “{ MID($kind) }”{ what-if-open } ({ $within }).
}
what-if-lose = { $lost ->
    [one] With “{ $scenario }”, { $lost } resident would fall out of reach of every site of “{ MID($kind) }”{ what-if-open }.
   *[other] With “{ $scenario }”, { $lost } residents would fall out of reach of every site of “{ MID($kind) }”{ what-if-open }.
}
what-if-range = If reach were up to { $reach } shorter or longer, gained less lost would lie between { $low } and { $high } in { $share } of draws: { $verdict ->
    [none] nothing changes
    [noise] the change is within this margin of error
   *[clear] the change is larger than this margin of error
}.
what-if-gainers = Those who gain live in { $names }.
what-if-gainers-among = Among those who gain are people in { $names }.
what-if-losers = Those who lose live in { $names }.
what-if-losers-among = Among those who lose are people in { $names }.
what-if-access = For each person there would be { $after } { $unit }, now { $before }: more in { $more } areas, less in { $less }.
what-if-group = Within reach, of the group “{ $group }”: { $after } of residents, now { $before }.
what-if-gap = { $subject } ({ $test })
what-if-gaps-opened = { $gaps ->
    [one] { $gaps } gap would open: { $names }.
   *[other] { $gaps } gaps would open, among them { $names }.
}
what-if-gaps-closed = { $gaps ->
    [one] { $gaps } gap would close: { $names }.
   *[other] { $gaps } gaps would close, among them { $names }.
}
what-if-capacity = Capacity goes from { $before } to { $after } { $unit }.

what-if-caveat-straight = A straight line is measured from a single centre for each area, before and after alike, also where the plan holds travel times.
what-if-caveat-times = Travel times are measured from a single centre for each area, before and after alike.
what-if-caveat-reach = A site within reach may be full, closed at the hour of need, or not for everyone. The scenario says nothing of staff, buildings or trust.
what-if-caveat-restricted = The scenario changes a service of a restricted catalogue, so we do not show it by area.
