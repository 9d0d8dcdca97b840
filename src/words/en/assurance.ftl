# Can the directory be relied on? How old, complete and consistent its records are, and what to ask each provider.

question-assurance = Can the directory be relied on?

# By directory.
assurance-headline = { $recent ->
    [0] None of { $records } records was checked within { $months } months
    [one] { $recent } of { $records } records was checked within { $months } months
   *[other] { $recent } of { $records } records were checked within { $months } months
}
assurance-headline-withheld = Records by directory: some numbers are withheld
assurance-subtitle = Records of public services by directory, { $area }, { $day }
assurance-old = { $records ->
    [one] { $records } record was last checked over { $months } months ago.
   *[other] { $records } records were last checked over { $months } months ago.
}
assurance-undated = { $records ->
    [one] { $records } record does not say when it was last checked.
   *[other] { $records } records do not say when they were last checked.
}
assurance-undated-or-later = { $records ->
    [one] { $records } record does not say when it was last checked, or gives a later day than this.
   *[other] { $records } records do not say when they were last checked, or give a later day than this.
}
assurance-complete = { $complete ->
    [0] No record says all that the analyses need. Of all that they need, records say { $share } ({ $records } records).
    [one] { $complete } of { $records } records says all that the analyses need. Of all that they need, records say { $share }.
   *[other] { $complete } of { $records } records say all that the analyses need. Of all that they need, records say { $share }.
}
assurance-share = Of all that the analyses need, records say { $share }.
assurance-none-twice = No record looks like another of the same service.
assurance-twice = { $records ->
    [one] { $records } record may be of a service that another record is of, too. Nothing was merged.
   *[other] { $records } records may be of a service that another record is of, too. Nothing was merged.
}
assurance-again = { $records ->
    [one] { $records } record was merged into another of the same service: by its id, or because the plan says so.
   *[other] { $records } records were merged into others of the same service: by their ids, or because the plan says so.
}
assurance-stopped = { $services ->
    [one] { $services } listed service is not available.
   *[other] { $services } listed services are not available.
}
assurance-lists = What to ask each provider stands in the folder “fix-lists”, as a table and as a page to send.
assurance-lists-apart = Lists for restricted directories are not in this pack: a run writes them beside the plan, to “gapmap-fix-lists”.
assurance-caveat-records = Counts of records, not of people. A check that is recent does not make a record true, and a record may be right without it.

# Pairs.
assurance-pairs-none = No record looks like another of the same service
assurance-pairs-headline = { $pairs ->
    [one] { $pairs } pair of records may be the same service
   *[other] { $pairs } pairs of records may be the same service
}
assurance-pairs-withheld = Records that may be the same service: numbers withheld
assurance-pairs-subtitle = Pairs of records by how sure it is that they are the same service, { $area }, { $day }
assurance-merged = { $records ->
    [one] { $records } record was merged into another of the same service, by its id or by the plan; of fields that differ, those of the record that stayed count.
   *[other] { $records } records were merged into others of the same service, by id or by the plan; of fields that differ, those of the record that stayed count.
}
assurance-contradict = { $pairs ->
    [one] { $pairs } pair differs in this: { $fields }.
   *[other] { $pairs } pairs differ in this: { $fields }.
}
assurance-field = { $field ->
    [hours] opening hours
    [state] whether it runs
    [kind] the kind of service
    [eligibility] whom it is for
   *[place] where it is
}
assurance-how = { $how ->
    [id] the same id
    [plan] the plan says so
    [name-and-provider] name and provider are alike
    [contact-and-name] the same contact, and names alike
   *[place-and-kind] the same kind at the same place
}
assurance-pair = { $first } ({ $from }) and { $other } ({ $to }) may be the same service: { assurance-how }.
assurance-pair-differs = They differ in this: { $fields }.
assurance-what-to-do = No number changes until the plan says it: same-service joins the records of a pair, different-services says that they are apart.
assurance-caveat-pairs = That records look alike is a reason to ask, and no proof. Branches of the same provider are no pair where place, area, kind or group tell them apart.

# Fields.
assurance-fields-headline = { $has ->
    [0] No record of { $records } says this: { $what }
    [one] Least known: { $what }, in { $has } of { $records } records
   *[other] Least known: { $what }, in { $has } of { $records } records
}
assurance-fields-all = All { $records } records say what the analyses need
assurance-fields-withheld = What records say of each field: numbers withheld
assurance-fields-subtitle = Records by whether they say what the analyses need, { $area }, { $day }
assurance-field-known = { $what }: { $has } of { $records } records say it ({ $share }).
assurance-caveat-fields = Counts of records, not of people. A field that no record fills is not known: it does not mean that the service lacks it.

# Why services are not available.
assurance-reasons-headline = { $services ->
    [one] { $services } service is not available; { $told } says why
   *[other] { $services } services are not available; { $told } say why
}
assurance-reasons-withheld = Why services are not available: numbers withheld
assurance-reasons-subtitle = Services that are paused, or whose records say what they lack, { $area }, { $day }
assurance-reason-not-told = { $services ->
    [one] { $services } service is paused, and its record does not say why.
   *[other] { $services } services are paused, and their records do not say why.
}
assurance-reason = { $services ->
    [one] { $what }: { $services } service.
   *[other] { $what }: { $services } services.
}
assurance-caveat-reasons = Reasons as records give them, in the classes of HeRAMS; a service may give several. A reason is no fault of those who run a service.

# Lists.
assurance-fix-headline = { $providers ->
    [one] { assurance-fix-things } to ask { $providers } provider about its records
   *[other] { assurance-fix-things } to ask { $providers } providers about their records
}
assurance-fix-things = { $things ->
    [one] { $things } thing
   *[other] { $things } things
}
assurance-fix-subtitle = What to ask about records of open directories, { $area }, { $day }
assurance-fix-providers = { $all ->
    [one] { $providers } of { $all } provider has something to check.
   *[other] { $providers } of { $all } providers have something to check.
}
assurance-caveat-lists = Records of restricted directories are not in these lists.

assurance-fix-old = The record was last checked on { $day }, over { $months } months before.
assurance-fix-undated = The record does not say when it was last checked.
assurance-ask-check = Read it through, correct it, and write the day of the check.
assurance-fix-later = The record gives { $day } as the day of its last check, over { $months } months after the day of this list.
assurance-ask-later = Look whether that day is a slip, and write the day of the last check.
assurance-fix-left-out = The record does not say this: { $fields }.
assurance-ask-left-out = Add what is missing. Where something does not apply, write so.
assurance-fix-paused = The service is listed as not available, and the record does not say why.
assurance-ask-why = Write what is lacking (staff, training, supplies, equipment or finance), and when it will be back.
assurance-fix-paused-because = The service is listed as not available, with a reason.
assurance-ask-again-from = Say whether that still holds, and when it will be back.
assurance-fix-contract = The record says that the service runs, and that its contract ended on { $day }.
assurance-ask-contract = Say whether it goes on, and until when.
assurance-fix-twice = { $other } (id { $id }, { $directory }) may be the same service: { assurance-how }.
assurance-ask-twice = Say whether it is the same service. If so, say which record is right, and have the other taken out; if not, say what tells them apart.
assurance-fix-given = Another record of this service ({ $place }) was merged into this: { assurance-how }. They differ in this: { $fields }.
assurance-ask-given = Say which is right, and have the other corrected.
