# What the tests of the register of gaps say of whom a service takes: as in gaps_reach.ftl.

# eligibility
gaps-eligibility-aged = { $group ->
    [aged-between] people aged { $from } to { $to }
   *[aged-from] people aged { $from } and over
}
gaps-eligibility-group = { $group ->
    [no-recourse] people without recourse to public funds
    [substance-use] people who use drugs or alcohol
    [mental-health] people with mental health needs
    [trans] trans people
   *[men] men
}
gaps-eligibility-closed = by the records, not taken by { $closed }, nor by any other listed service of the kind
gaps-eligibility-conditional = not taken by { $closed }; { $conditional } may take some of them, under a condition
gaps-eligibility-left-out = not taken by { $closed }; we do not know about { $silent }, whose records do not say
gaps-eligibility-and-condition = { $what }; { $conditional } may take some of them, under a condition
gaps-eligibility-not-given = no record says whom it is for
gaps-eligibility-none = as far as the records say, no group that we looked for is left out by every service
gaps-eligibility-because-fields = the fields of the records say so
gaps-eligibility-because-words = it is read from the words of the record, and the provider has not been asked
gaps-eligibility-because-none = records may not say what is asked at the door
gaps-eligibility-otherwise = A service for one group can be lawful and needed; those left out may be served under another kind of service.
gaps-eligibility-ask = Ask { $services } whether { $group } are taken, and under which condition.
gaps-eligibility-ask-all = Ask providers for ages, sex, recourse to public funds and any other condition.
gaps-eligibility-close = Open one service to { $group }, or commission one for them (commissioners and providers).
gaps-eligibility-formula = at least one running service leaves the group out, and none takes it, with or without a condition

# by-and-for
gaps-by-and-for-group = { $group ->
    [black-and-minoritised] Black and minoritised women
    [lgbt] LGBT+ people
    [deaf] Deaf people
    [disabled] disabled people
    [older] older people
    [faith] people of a faith
   *[migrant] migrant women
}
gaps-by-and-for-gap = no service run by and for { $group } is running, and the plan says that its list is complete
gaps-by-and-for-not-known = no service run by and for { $group } is listed
gaps-by-and-for-none = a service run by and for them is listed
gaps-by-and-for-otherwise = One may work across a region, or not be commissioned and so not be listed: many are not funded by councils.
gaps-by-and-for-close = Ask regional by-and-for organisations what reaches people here, and fund a share of one (commissioners).
gaps-by-and-for-ask = Ask regional by-and-for organisations what reaches people here, and list it.
gaps-by-and-for-formula = no running service marked by and for the group

# language
gaps-language-subject = Languages other than English
gaps-language-who = People in { $area } who do not speak English well
gaps-language-offered = { $offering ->
    [one] { $offering } of { $services } services offers another language or an interpreter
   *[other] { $offering } of { $services } services offer another language or an interpreter
}
gaps-language-gap = { $services ->
    [one] the one listed service lists English only, and names no interpreter
   *[other] all { $services } services list English only, and none names an interpreter
}
gaps-language-not-known = { $silent ->
    [one] no record names another language or an interpreter, and { $silent } of { $services } names no language at all
   *[other] no record names another language or an interpreter, and { $silent } of { $services } name no language at all
}
gaps-language-because = records seldom say which interpreters are at hand
gaps-language-otherwise = Most services can book an interpreter by phone without saying so in a directory.
gaps-language-close = Ask each provider for languages and interpreters, write the answers into the catalogue, and compare them with the languages spoken here.
gaps-language-formula = no running service with a language other than English or an interpreter

# physical-access
gaps-physical-access-subject = { $feature ->
    [step-free] Step-free sites
   *[bsl] British Sign Language
}
gaps-physical-access-who = Disabled and Deaf people in { $area }
gaps-physical-access-there = { $with ->
    [one] { $with } of { $services } services says that it has it
   *[other] { $with } of { $services } services say that they have it
}
gaps-physical-access-gap = { $services ->
    [one] the one listed service does not say that it has it
   *[other] none of { $services } services says that it has it
}
gaps-physical-access-not-known = { $silent ->
    [one] { $silent } of { $services } records says nothing about access
   *[other] { $silent } of { $services } records say nothing about access
}
gaps-physical-access-because = it is what providers say of themselves
gaps-physical-access-otherwise = A site may be step-free without saying so.
gaps-physical-access-close = Ask each provider, and visit one site in { $of } to see for yourself.
gaps-physical-access-formula = no running service whose record names it

# digital
gaps-digital-subject = Help by phone or online
gaps-digital-remote = { $services ->
    [one] { $services } service helps by phone or online
   *[other] { $services } services help by phone or online
}
gaps-digital-not-known = no record says that help is given by phone or online
gaps-digital-because = national helplines are there for everybody, whether or not the catalogue lists them
gaps-digital-list = List the national helplines, and what is local beside them.
gaps-digital-formula = no running service delivered by phone or online
gaps-digital-who = People without a safe device or connection
gaps-digital-gap = every listed service of the kind is online only
gaps-digital-because-record = delivery is as the record gives it
gaps-digital-otherwise = Staff may ring people back who ask for it.
gaps-digital-close = Offer a phone number beside the screen (providers).
gaps-digital-formula-screen = every running service of the kind is delivered online and in no other way
