# Did it change after an action?

question-events = Did it change after an action?
events-headline-not-known = { $event }: too little known to judge
events-headline-none = { $label }: no clear change after the action
events-headline-weak = { $label }: not clear whether it changed
events-headline = { $direction ->
    [up] { $event }: more { $unit } than expected
   *[down] { $event }: fewer { $unit } than expected
}
events-subtitle = { $label } each month and { $event }, { $area }, { $period }
events-subtitle-areas = { $label } each month and { $event }, { $areas } { $plural } of { $area }, { $period }

events-when = { $first }
events-when-on = from { $first } on
events-when-to = { $first } to { $last }

events-not-known-withheld = { $label }, { $event } ({ $when }): we do not know whether it made a difference. Months are withheld, and the others would put the level too high.
events-not-known-short = { $label }, { $event } ({ $when }): we do not know whether it made a difference. At least { $needed } known months without it are needed in a single stretch without a break in recording.
events-none = { $label }, { $event } ({ $when }): no clear difference from what was expected; the estimate is { events-difference } { $interval }. { $basis } A rise of { $rise } or a fall of { $fall } would mostly have been found.
events-weak = { $label }, { $event } ({ $when }): we cannot tell whether it made a difference. Only a rise of { $rise } or a fall of { $fall } would mostly have been found; the estimate is { events-difference } { $interval }. { $basis }
events-found = { $label }, { $event } ({ $when }): { events-difference } than expected { $interval }. { $basis } { $meaning }
events-difference = { $direction ->
    [up] { $size } higher
   *[down] { $size } lower
}
events-interval-together = ({ $level } confidence interval for all its measures together { $lower } to { $upper })

events-basis-trend = Expected: what trend and season would give.
events-basis-months = Expected: the months without it, too few to allow for trend or season.
events-basis-beside = Done in { $areas } { $plural }; expected: what the rest of { $area } would give.

events-mix-agrees = A mix of { $places } other { $level } that went the same way before agrees: { events-difference } ({ $p }).
events-mix-too-few = A mix of { $places } other { $level } that went the same way before gives { events-difference }: too few places to tell that from chance.
events-mix-differs = A mix of { $places } other { $level } that went the same way before differs: { events-difference } ({ $p }).

events-caveat-cause = Whatever else changed in the same months counts with it, unless it changed elsewhere too. A change is not proof of a cause.
events-caveat-everywhere = It was done everywhere: there is no place to compare with.
