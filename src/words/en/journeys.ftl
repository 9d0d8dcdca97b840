# Where do people come from, and where do they go, for help?

question-journeys = Where do people come from, and where do they go, for help?
journeys-headline-both = { $came } came from elsewhere; { $went } of residents went elsewhere
journeys-headline-came = { $came } of people helped here came from elsewhere
journeys-headline-went = { $went } of residents who were helped went elsewhere
journeys-headline-nobody = No journey for help across the boundary is recorded
journeys-headline-nobody-came = Nobody from elsewhere is recorded as helped here
journeys-headline-nobody-went = No resident is recorded as helped elsewhere
journeys-headline-not-known = Not known where people come from and go for help
journeys-subtitle = People helped by services, by the authority in which they had lived and that of the service, { $area }, { $period }

journeys-came = Services in { $area } helped { $served } people of whom it is known where they had lived. Of them { $came } ({ $share }; { $level } confidence interval { $lower } to { $upper }) came from another authority: a count of residents alone leaves them out.
journeys-went = Of { $residents } residents of { $area } who were helped, { $went } ({ $share }; { $level } confidence interval { $lower } to { $upper }) went to a service in another authority.
journeys-kind = { CAPITAL($kind) }: { $how ->
    [moved] { $stayed } moved within their authority, { $went } moved away, { $came } came from elsewhere.
    [stayed] { $stayed } were helped where they live, { $went } went elsewhere, { $came } came from elsewhere.
   *[either] { $stayed } were helped in their own authority, { $went } went elsewhere, { $came } came from elsewhere.
}
journeys-places-from = Of those who came from elsewhere, most are known to have come from: { $places }.
journeys-places-to = Of those who went elsewhere, most are known to have gone to: { $places }.
journeys-place = { $place } ({ $people })
journeys-came-not-told = The return does not say how many came from elsewhere. We do not know: do not read it as zero.
journeys-went-not-told = The return does not say how many went elsewhere. We do not know: do not read it as zero.
journeys-origin-not-known = { $people ->
    [one] Of { $people } more person who was helped here it is not known where they had lived.
   *[other] Of { $people } more people who were helped here it is not known where they had lived.
}
journeys-destination-not-known = { $people ->
    [one] Of { $people } more resident it is not known where they were helped.
   *[other] Of { $people } more residents it is not known where they were helped.
}
journeys-network = Refuges are a national network: women move between areas to be safe. By residents, the share of { $area } would be { $benchmark } family places by the benchmark of the Council of Europe, and { $demand } by a minimum of expressed demand (Bowstead). That is what an area adds for all, and no test of what its own residents need.

journeys-all-kinds = all kinds of service
journeys-far-north-east = other authorities in the North East
journeys-far-north-west = other authorities in the North West
journeys-far-yorkshire = other authorities in Yorkshire and The Humber
journeys-far-east-midlands = other authorities in the East Midlands
journeys-far-west-midlands = other authorities in the West Midlands
journeys-far-east = other authorities in the East of England
journeys-far-london = other authorities in London
journeys-far-south-east = other authorities in the South East
journeys-far-south-west = other authorities in the South West
journeys-far-england = other authorities in England
journeys-far-wales = Wales
journeys-far-scotland = Scotland
journeys-far-northern-ireland = Northern Ireland
journeys-far-abroad = abroad
journeys-far-unsaid = other places, not told which

journeys-caveat-need = That residents go elsewhere is no sign that a service is missing where they lived, nor that it is there. Who sought no help, or found no place, is in no return.
journeys-caveat-network = People from elsewhere are helped here, so a rate for residents alone is too low a measure of what services do and need.
journeys-caveat-kinds = Of all kinds together, a person is counted once for each kind of service.
journeys-caveat-regions = Other authorities are told by region or nation, so that nobody can be looked for in one of them; by name only those that the plan names for partners. Where few services are behind a number, its place is not told.
journeys-caveat-in-one = All kinds of service are told together, so that nobody learns how full one refuge is, or from where women come to it.
journeys-caveat-months = The return holds other months, too. They are left out, because not all of it is told for them.
journeys-caveat-another = Another return of journeys is not told.
