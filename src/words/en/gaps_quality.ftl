# What the tests of the register of gaps say of the way through services, their quality and their future: as in gaps_reach.ftl.

# pathway
gaps-pathway-stage = { $stage ->
    [prevent] Prevention
    [identify] Identifying and training
    [report] Reporting outside the police
    [crisis] Help in a crisis
    [support] Support afterwards
    [recovery] Recovery
   *[perpetrator] Work with perpetrators
}
gaps-pathway-there = there is this: { $kinds }
gaps-pathway-gap = no service of this stage is running, and the plan says that its list is complete
gaps-pathway-not-listed = the catalogue lists nothing running of this stage
gaps-pathway-otherwise = Schools, the police and the NHS do some of this without a contract.
gaps-pathway-close = Find out who does it here, and commission what nobody does before demand at the next stage grows (commissioners).
gaps-pathway-formula = no kind of service of the stage has a running service

# risk
gaps-risk-subject = { $risk ->
    [high] High risk
   *[standard-and-medium] Standard and medium risk
}
gaps-risk-who = { $risk ->
    [high] People in { $area } at high risk
   *[standard-and-medium] People in { $area } at standard and medium risk
}
gaps-risk-there = { $services ->
    [one] { $services } service is for them, by its record or its kind
   *[other] { $services } services are for them, by their records or their kind
}
gaps-risk-gap = no listed service is for them, and the plan says that its list is complete
gaps-risk-not-listed = no listed service is for them
gaps-risk-because = few records name a level of risk, and the rest is taken from the kind of service
gaps-risk-otherwise = A service for all may not name levels of risk.
gaps-risk-close = Ask each provider from which level of risk it takes people, and what it offers the others.
gaps-risk-formula = no running service of direct help names the level, or by its kind is for it

# form
gaps-form-who = Survivors of { $form }
gaps-form-named = a service names it, or by its kind is for it
gaps-form-gap = no service for it is running, and the plan says that its list is complete
gaps-form-not-named = no listed service names it
gaps-form-because = records seldom name every form of violence that a service takes on
gaps-form-otherwise = A general service may take it on without naming it; a national service may be the right one.
gaps-form-close = Ask each provider which forms of violence it takes on, and where it sends people for the rest.
gaps-form-formula = no running service names the form, or by its kind is for it

# sustainability
gaps-sustainability-who = People who use it now
gaps-sustainability-ends-by = { $months ->
    [one] every contract ends by { $day }, within { $months } month
   *[other] every contract ends by { $day }, within { $months } months
}
gaps-sustainability-ends = { $months ->
    [one] every contract ends within { $months } month
   *[other] every contract ends within { $months } months
}
gaps-sustainability-one-funder = { $what }, and each has one funder
gaps-sustainability-not-known = { $silent ->
    [one] { $silent } of { $records } records gives no end of the contract, and no other goes on for longer
   *[other] { $silent } of { $records } records give no end of the contract, and no other goes on for longer
}
gaps-sustainability-longer = at least one contract goes on for longer
gaps-sustainability-because-silent = the records give no dates
gaps-sustainability-otherwise = An extension may be agreed and not yet be in the catalogue.
gaps-sustainability-ask = Ask commissioners for the last day of each contract.
gaps-sustainability-close = Decide before the notice period, and tell staff and the people who use it (commissioners).
gaps-sustainability-formula = last day of the contract of every running service ≤ the day looked at + the months ahead

# quality
gaps-quality-subject = Quality marks
gaps-quality-who = People who use it
gaps-quality-mark = the quality mark
gaps-quality-lapsed = { $mark } of { $service } expired on { $day }
gaps-quality-lapsed-some-day = { $mark } of { $service } has expired
gaps-quality-otherwise-lapsed = A renewal may be under way.
gaps-quality-close = Ask the provider for the date of its next assessment.
gaps-quality-formula-lapsed = last day of the quality mark < the day looked at
gaps-quality-marks = { $marked ->
    [one] { $marked } of { $records } records names a quality mark
   *[other] { $marked } of { $records } records name a quality mark
}
gaps-quality-because = a mark that is not recorded may still be held
gaps-quality-otherwise = Small by-and-for services often cannot pay for an assessment.
gaps-quality-ask = Ask each provider for its marks (Leading Lights, the Women’s Aid, Imkaan, Rape Crisis, Respect and DAHA standards) and their dates.
gaps-quality-formula = records of direct help with a quality mark / all of them

# awareness
gaps-awareness-subject = Referrals beside estimated need
gaps-awareness-referrals = { $referrals ->
    [one] { $referrals } referral was counted in { $period }; no standard says how many are enough
   *[other] referrals counted in { $period }: { $referrals }; no standard says how many are enough
}
gaps-awareness-referrals-incomplete = referrals counted in { $period }, in which months are missing: { $referrals }; no standard says how many are enough
gaps-awareness-none = no source of the plan gives referrals
gaps-awareness-because = referrals are not people, and estimated need is an estimate
gaps-awareness-because-none = there is nothing to compare with estimated need
gaps-awareness-otherwise = Few referrals can mean little need, little trust, a service that people do not know of, or help found elsewhere; one person may be referred several times.
gaps-awareness-compare = Compare areas and groups (“burden” and its funnel): where referrals are low and estimated need is not, ask people why.
gaps-awareness-ask = Ask providers for referrals by month, ward, age and ethnic group.
gaps-awareness-formula = referrals of the latest { $months } months, beside women aged { $age } and over × the share that surveys find in a year

# evidence
gaps-evidence-subject = Records checked within a year
gaps-evidence-who = Everybody who relies on this catalogue
gaps-evidence-no-catalogue = the plan has no catalogue of services
gaps-evidence-fresh = { $records ->
    [one] the one record was checked within a year
   *[other] all { $records } records were checked within a year
}
gaps-evidence-stale = { $stale ->
    [one] { $stale } of { $records } records was last checked over a year ago, or does not say when
   *[other] { $stale } of { $records } records were last checked over a year ago, or do not say when
}
gaps-evidence-otherwise = A record may be right without having been checked.
gaps-evidence-close = Ring these providers, and write the day into the catalogue.
gaps-evidence-formula = records whose last check is missing or over { $months } months before the day looked at

# Tests that had nothing to look at.
gaps-unlooked-subject = Services that are not listed
gaps-unlooked-measured = the catalogue lists no running service that this test could look at
gaps-unlooked-otherwise = A service may be there and not be listed.
gaps-unlooked-close = List the services that there are, with their sites, hours, capacity and whom they are for.
gaps-unlooked-formula = no running service of any kind that the test asks about
