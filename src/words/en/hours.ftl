# When do people need help, and what is open then?

question-hours = When do people need help, and what is open then?
hours-headline-busiest = { CAPITAL($unit) } are most often about { $band }
hours-headline-closed = { SHORT($kind) }: { $share } of { $unit } while closed
hours-headline = When { $unit } are about, and what is open then
hours-subtitle = { CAPITAL($unit) } by time of day, and hours open, { $area }, { $period }
hours-subtitle-reports = Reports of feeling unsafe in public by time of day, and hours open, { $area }, { $period }

hours-busiest-band = Of { $total } { $unit } with a known hour, { $share } are about { $band }.
hours-busiest-of-week = The busiest time of the week is { $day } { $band }, with { $count } { $unit }.
hours-share = { $share }
hours-at-least = at least { $share }
hours-closed-beyond = No listed service of “{ $kind }” was open when { $share } of { $unit } happened. Such hours are { $closed } of the week, so that is more than an even spread of times would give ({ $p }).
hours-closed = No listed service of “{ $kind }” was open when { $share } of { $unit } happened.
hours-unknown = { $kinds ->
    [one] We do not know all opening hours of { $kinds } kind of service.
   *[other] We do not know all opening hours of { $kinds } kinds of service.
}

hours-caveat-reports = Reports tell when people felt unsafe in public, not when they wanted a service. A service that is open by day may be right for somebody who was afraid at night.
hours-caveat-incidents = An hour is when it happened or when it was reported, as the source has it; much of what happens at home has none.
hours-caveat-night = The small hours of a Saturday belong to Friday’s night out. Opening hours are those of the months shown, with the dates and bank holidays that the records name; the picture shows what is open in more than half of the weeks.
