# Does one event raise the risk nearby soon after?

question-near-repeat = Does one event raise the risk nearby soon after?
near-repeat-headline-both = { $label }: high counts last, also next door
near-repeat-headline-same = { $label }: high counts last a month
near-repeat-headline-next-door = { $label }: high counts follow next door
near-repeat-headline-none = { $label }: no sign that high counts last
near-repeat-headline-too-few = { $label }: too few to tell
near-repeat-headline-not-known = { $label }: too little known to tell
near-repeat-subtitle = { $label }: pairs of events in one month and the next, { $plural }, { $area }, { $period }

near-repeat-row = { $near ->
    [same] In the same area, pairs of events in one month and the next
   *[next-door] In areas next to one another, pairs of events in one month and the next
} are { $ratio } times as many as with the months in any order ({ $lower } to { $upper } by chance, { $p }){ $said ->
    [more] : more than chance.
   *[none] : no clear sign.
}
near-repeat-how = Each month is compared with others of the same { $window } months, and weighed by its own total. So season, overall trend and areas that always have more make no difference.
near-repeat-days = We do not know whether one event raises the risk nearby within days. We keep only months, and published street data give months and map points that many events share. That question needs an extract with the day and place of each event, studied where the records are held.
near-repeat-too-few = { $label }: fewer than { $events } are recorded, or too few at a time, to tell whether months with more last.
near-repeat-not-known = { $label }: too little is known by area and month to tell whether months with more last.
near-repeat-since-break = Recording changed in { $month }: only months since then are looked at.

near-repeat-caveat-lasting = A high month after a high month need not come from the first event: whatever keeps counts high for some weeks does the same.
near-repeat-caveat-places = Only what happens in public places is looked at, and never domestic abuse or sexual offences: a second report from a home could identify somebody.
