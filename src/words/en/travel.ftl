# How far is it to the nearest site?

question-travel = How far is it to the nearest site?
travel-headline = How far to the nearest site, { $how }
travel-subtitle = Residents by distance to the nearest site of each kind, { $how }, { $area }
travel-on-foot = on foot along streets
travel-by-car = by car along streets
travel-by-bus = by public transport
travel-by-bus-when = { travel-by-bus } ({ $name })
travel-straight = in a straight line
travel-not-known = no way, or not known
travel-most = { $kind }: { $residents } residents ({ $share }) live { $near } from the nearest site, { $how }.
travel-none-so-near = { $kind }: no area’s centre lies { $near } from the nearest site.
travel-least = { $kind }: { $residents } residents ({ $share }).

travel-caveat-times = Times are those of the plan’s network or table, from a single centre for each area to the nearest site. No standard says how long is too long: read the whole of a bar.
travel-caveat-bus = Times are medians over the minutes of a { $weekday ->
    [monday] Monday
    [tuesday] Tuesday
    [wednesday] Wednesday
    [thursday] Thursday
    [friday] Friday
    [saturday] Saturday
   *[sunday] Sunday
} from { $from } to { $to } at which people leave, with the wait for the first bus, from a single centre for each area. At other hours they differ. No standard says how long is too long: read the whole of a bar.
travel-caveat-straight = A straight line is shorter than any route: in towns by about a third. No standard says how far is too far: read the whole of a bar.
travel-caveat-trips-lost = The timetable lacks calls, dates or places of { $share } of its trips: people who go by those are told to have no way, or a longer one. Get the feed again before anything is concluded from a missing bus.
travel-caveat-few-trips-lost = The timetable lacks calls, dates or places of a few of its trips: people who go by those are told to have no way, or a longer one.
