# Does one event raise the risk nearby soon after?

question-near-repeat = Does one event raise the risk nearby soon after?
near-repeat-headline-both = { $label }: more tends to last a month, also next door
near-repeat-headline-same = { $label }: more in an area tends to last a month
near-repeat-headline-next-door = { $label }: more tends to follow next door a month later
near-repeat-headline-none = { $label }: no sign that more lasts into the next month
near-repeat-headline-too-few = { $label }: too few to tell whether more lasts a month
near-repeat-headline-not-known = { $label }: too little known to tell whether more lasts
near-repeat-subtitle = { $label }: pairs of events in one month and the next, { $plural }, { $area }, { $period }

near-repeat-row = { $near ->
    [same] In the same area, pairs of events in one month and the next
   *[next-door] In areas next to one another, pairs of events in one month and the next
} are { $ratio } times those of months in any order ({ $lower } to { $upper } by chance, { $p }){ $said ->
    [more] : more than chance.
   *[none] : no clear sign.
}
near-repeat-how = Months are held against others of the same { $window } months, and each month against its own total: a season, a trend of the whole and areas that always have more make no difference.
near-repeat-days = Whether one event raises the risk nearby within days is not answered: months alone are kept, and published street data tell months and map points that many events share. It takes an extract with the day and the place of each event, looked at where the records are held.
near-repeat-too-few = { $label }: fewer than { $events } are recorded, or too few at a time, to tell whether months with more last.
near-repeat-not-known = { $label }: too little is known by area and month to tell whether months with more last.
near-repeat-since-break = Recording changed in { $month }: only months since then are looked at.

near-repeat-caveat-lasting = More in the month after more need not come from the first event: what makes an area busy for some weeks does the same.
near-repeat-caveat-places = Only what happens in public places is looked at, and never domestic abuse or sexual offences: a second report from a home would tell of somebody.
