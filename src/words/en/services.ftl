# What is there, and where?

question-services = What is there, and where?
services-headline = { $running ->
    [0] No listed service is running
    [one] { $running } service running, { services-sites }
   *[other] { $running } services running, { services-sites }
}
services-sites = { $sites ->
    [0] none with a public site
    [one] { $sites } public site
   *[other] { $sites } public sites
}
services-subtitle = Services of open catalogues on { $day }, { $area }

services-listed = { $services ->
    [one] Open catalogues list { $services } service: { services-with-site }
   *[other] Open catalogues list { $services } services: { services-with-site }
}
services-with-site = { $sites ->
    [one] { $with_site } with a public site ({ $sites } site) and { $without_site } without one.
   *[other] { $with_site } with a public site ({ $sites } sites) and { $without_site } without one.
}
services-planned = { $services } of them had not started on { $day }: { $names }.
services-paused = { $services ->
    [one] { $services } of them was paused on { $day }: { $names }.
   *[other] { $services } of them were paused on { $day }: { $names }.
}
services-ended = { $services } of them had ended by { $day }: { $names }.
services-confidential = Services with a confidential address are not among them.
services-restricted = Services of restricted catalogues are not named here.
services-elsewhere = { $services ->
    [one] Not shown: { $services } service of the same catalogues that serves other areas only.
   *[other] Not shown: { $services } services of the same catalogues that serve other areas only.
}

services-caveat-confidential = Services with a confidential address are never shown, whatever their catalogue says of them.
services-caveat-address = An address is not help: the gaps tell whom a service takes, when it is open and whether it has room.
