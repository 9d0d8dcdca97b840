# What happened after it was reported?

question-outcomes = What happened after it was reported?
outcomes-headline = { $share } charged within { $months } months: { $label }
outcomes-headline-so-far = { $share } charged so far: { $label }
outcomes-headline-few = { $count } of { $reports } charged, too few: { $label }
outcomes-headline-none = { $months ->
    [one] No charge within { $months } month: { $label }
   *[other] No charge within { $months } months: { $label }
}
outcomes-headline-none-so-far = No charge known so far: { $label }
outcomes-headline-early = Too early for outcomes: { $label }
outcomes-headline-age = Age of outcomes not known: { $label }
outcomes-headline-not-known = Charges not known: { $label }
outcomes-subtitle = { $label }: what became of { $unit } within { $months } months of the report, { $area }; compared: reports of { $period }
outcomes-subtitle-so-far = { $label }: latest known outcome of { $unit }, { $area }, reported in { $period }

outcomes-class-charged = charged or summonsed
outcomes-class-out-of-court = dealt with out of court
outcomes-class-evidential-supported = evidential difficulties, victim supports action
outcomes-class-evidential-unsupported = evidential difficulties, victim does not support further action
outcomes-class-evidential-unsaid = evidential difficulties, victim’s view not said
outcomes-class-no-suspect = no suspect identified
outcomes-class-other = another ending
outcomes-class-not-mapped = another ending, not mapped
outcomes-class-open-then = no outcome by then
outcomes-class-open = still open, or no outcome known yet
outcomes-class-not-known = not known

outcomes-charged = Of { $reports } { $unit } reported in { $period }, { $count } led to a charge or summons within { $months } months: { $share } ({ $lower } to { $upper }).
outcomes-charged-so-far = Of { $reports } { $unit } reported in { $period }, { $count } led to a charge or summons so far: { $share } ({ $lower } to { $upper }).
outcomes-none-charged = Of { $reports } { $unit } reported in { $period }, none led to a charge or summons within { $months } months. Of so many, chance may hide a share of up to { $upper }.
outcomes-none-charged-so-far = Of { $reports } { $unit } reported in { $period }, none is known to have led to a charge or summons so far. Of so many, chance may hide a share of up to { $upper }.
outcomes-others = Of all of these reports: { $endings }.
outcomes-ending = { $class } { $share }
outcomes-withheld = { $classes ->
    [one] { $classes } outcome is withheld to protect people. That does not mean zero.
   *[other] { $classes } outcomes are withheld to protect people. That does not mean zero.
}
outcomes-months-of = { $months } of the { $all } months { $period }
outcomes-young = Reports of { $period } are followed for less than { $months } months here, so more of them will have an outcome. They are shown, and not compared with others.
outcomes-young-restricted = Reports of { $period } are followed for less than { $months } months here, so more of them will have an outcome. They are not shown.
outcomes-age-unknown = Nothing says when the outcomes of reports of { $period } were written, so we do not know how old they are: they are not compared with others. A whole archive of the police would say, or the outcome files of these months and of those after.
outcomes-missing = { $count ->
    [one] What became of reports of { $count } month is not known ({ $period }): an outcome file or the month itself is missing. That does not mean that nothing was done.
   *[other] What became of reports of { $count } months is not known ({ $period }): outcome files or the months themselves are missing. That does not mean that nothing was done.
}
outcomes-since-break = Recording changed in { $month }: reports made before are not added.
outcomes-before-break = Recording changed in { $month }. Reports made since are too young, so these shares are of those made before.

outcomes-times-had = { $stood ->
    [stood] had a final outcome
   *[any] had an outcome
}
outcomes-times-final = { $stood ->
    [stood] finalised
   *[any] had outcomes
}
outcomes-times-headline = { $share } { outcomes-times-final } within { $months ->
    [one] { $months } month
   *[other] { $months } months
}: { $label }
outcomes-times-headline-at-once = { $share } { outcomes-times-final } the same month: { $label }
outcomes-times-headline-open = Fewer than { $share } { outcomes-times-final }: { $label }
outcomes-times-headline-not-known = Time to outcome not known: { $label }
outcomes-times-subtitle = { $label }: months from the report to an outcome, { $area }, reported in { $period }
outcomes-times-reports = { $count } { $unit } reported in { $period } are followed; those still open count for as long as outcome files follow them.
outcomes-times-by = After { $months } months { $share } { outcomes-times-had } ({ $lower } to { $upper }).
outcomes-times-by-charged = After { $months } months { $share } { outcomes-times-had } ({ $lower } to { $upper }); { $charged } were charged or summonsed.
outcomes-times-charged-later = A report that ended another way first and led to a charge later counts as open until the charge.
outcomes-times-without = Reports of which the date of the outcome is not known are left out.

outcomes-caveat-share = Shares are of reports: those still open are among them. They are not shares of people, nor of all that happened, most of which is never reported.
outcomes-caveat-charge = A charge is not a conviction: this source does not give what a court decided.
outcomes-caveat-unsaid = Where the police were unable to prosecute a suspect, this source does not say whether the victim supported action.
outcomes-caveat-support = People withdraw from a case for many reasons: fear, safety, delay, how they are treated, or because they want something other than a prosecution. It says nothing about whether it happened, and the questions it raises are for services.
outcomes-caveat-undated = Outcomes have no dates here: each is the latest that was known when the file was made.
