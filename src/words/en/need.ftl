# How many women may be harmed in a year?

question-need = How many women may be harmed in a year?
need-headline = How many women may experience harm in a year
need-subtitle = Estimates from national surveys, { $area }, rounded
need-estimate = { $label }: if the rate of { $country } holds here, { $range } { $group } in { $area } may have been harmed ({ $share }, { $period }). This is an estimate.
need-estimate-without-margin = { $label }: if the rate of { $country } holds here, { $range } { $group } in { $area } may have been harmed ({ $share }, { $period }). This is an estimate, and leaves out the margin of error of the survey.
need-about = about { $women }
need-between = between { $low } and { $high }
need-share = { $low } to { $high }

need-caveat-estimate = An estimate and no count: the share found in a national survey, times the women who live here. What is different here is not in it.
need-caveat-ages = Where tables give sex and age apart, we take women to be as old as all residents of their area, and { $part } of those aged { $from } to { $to } to be { $adult } or over.
need-caveat-source = { $label }: { $source }, { $published }, { $country }; { $share } ({ $period }, { $interval_of }). { $caveat }
need-caveat-unverified = The figure was taken from reports of others, and not read in the publisher’s own page.
