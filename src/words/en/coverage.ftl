# Who lives near each kind of service?

question-coverage = Who lives near each kind of service?
coverage-headline = { SHORT($label) }: who lives within reach
coverage-headline-not-known = { SHORT($label) }: not known who is reached
coverage-headline-partly = { $unknown ->
    [one] { SHORT($label) }: not known for { $unknown } resident
   *[other] { SHORT($label) }: not known for { $unknown } residents
}
coverage-headline-comes = { SHORT($label) }: comes to you, or by phone
coverage-headline-site-or-comes = { SHORT($label) }: { $share } near; it comes to others
coverage-headline-site = { SHORT($label) }: everybody has a site in reach
coverage-headline-far = { $far ->
    [one] { SHORT($label) }: { $far } resident beyond reach
   *[other] { SHORT($label) }: { $far } residents beyond reach
}
coverage-headline-no-site = { $far ->
    [one] { SHORT($label) }: no listed site near { $far } resident
   *[other] { SHORT($label) }: no listed site near { $far } residents
}
coverage-subtitle-weighted = { $label }: sites { $within } of population-weighted centres, { $plural }
coverage-subtitle = { $label }: sites { $within } of the middle of each area, or its population-weighted centre where there is a known one, { $plural }

coverage-not-known-listed = { $label }: we do not know who is reached in { $area }. The catalogue lists this kind of service, and does not say where it is, how it reaches people, or that it runs here.
coverage-not-known-no-record = { $label }: we do not know who is reached in { $area }. The catalogue holds no record of this kind of service. That does not mean there is none: check first.
coverage-site = { $site } of { $residents } residents ({ $share }) live { $within } of a site.
coverage-comes-to-all = The service comes to all { $comes } residents, or helps them by phone or online; { coverage-site-too }.
coverage-comes-to-more = The service comes to { $comes } more residents ({ $share }), or helps them by phone or online; { coverage-site-too }.
coverage-comes = The service comes to { $comes } of { $residents } residents ({ $share }), or helps them by phone or online; { coverage-site-too }.
coverage-site-too = { $site_too ->
    [unknown] we do not know whether they have a site { $within }
   *[none] they have no listed site { $within }
}
coverage-far = { $far } of { $residents } residents ({ $share }) live beyond reach of every listed service.
coverage-wide = A service of this kind often serves a wide area. The plan does not say how far is too far, so this is not a gap by itself.
coverage-unknown = For { $unknown } residents ({ $share }) we do not know.
coverage-complete = The plan says that the catalogue lists every service of this kind.
coverage-incomplete = A service that the catalogue does not list may be nearer: ask before saying that there is none.

coverage-summary-headline = Who lives within reach of each kind of service
coverage-summary-subtitle = Residents by reach and kind of service, { $area }
coverage-summary-known = { $kinds ->
    [one] The plan asks about { $kinds } kind of service.
   *[other] The plan asks about { $kinds } kinds of service.
} For { $known } the catalogue tells, at least in part, who is reached in { $area }; for { $unknown } we do not know.
coverage-summary-not-known = { $kinds ->
    [one] The plan asks about { $kinds } kind of service.
   *[other] The plan asks about { $kinds } kinds of service.
} For none of them does the catalogue tell who is reached in { $area }.

coverage-confidential-not-known = { $label }: not known from this catalogue.
coverage-confidential = { $label }: { $capacity } { $unit } in { $services } or more services, all with confidential addresses. Survivors move between areas to be safe, so this is a share of a national network and not a local test.
coverage-confidential-withheld = { $label }: { $services } or more services; their capacity together is withheld.
coverage-confidential-capacity-not-known = { $label }: { $services } or more services; their capacity together is not known.
coverage-confidential-few = { $label }: some provision; numbers are withheld, as there are fewer than { $services } services.

coverage-caveat-travel = Travel times are those of the plan’s network or table, from a single centre for each area; an area that is on no street is not known.
coverage-caveat-straight = Distance is measured in a straight line, not along streets or by bus, and from a single centre for each area.
coverage-caveat-no-times = The plan holds no travel times of the mode “{ $mode }”: distance is measured in a straight line.
coverage-caveat-reach = A site within reach may be full, closed at the hour of need, or not for everyone. This does not say that anybody was helped.
coverage-caveat-not-known = “Not known” means that the catalogue holds no record that settles it. It never means none.
coverage-caveat-places-withheld = Sites of restricted catalogues are not used in what the public may read: whom those services reach is not known here.
