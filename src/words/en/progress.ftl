# How an action of the plan goes, and why it is rated so: said after a rating and a colon.

progress-hold = the target is to hold the level
progress-reached = the value is at or beyond the target
progress-reached-by-chance = the value is at the target; chance could have put it there
progress-no-clear-change = the latest value, with its range, may be no other than at the beginning
progress-away = the value is further from the target than at the beginning
progress-no-dates = no dates say how far it should be by now
progress-on-course = as much of the way is done as of the time
progress-behind = less of the way is done than of the time
progress-withheld = the value is withheld to protect people
progress-no-value = it has no latest value, or no baseline and target
progress-no-reason = no reason is given
progress-break = recording changed since the beginning, so the values are not compared
progress-other-baseline = the plan begins at { $plan }, and its indicator was { $value } in { $month }: correct one of them
