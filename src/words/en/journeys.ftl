# Who crosses a border for help?

question-journeys = Who crosses a border for help?
journeys-headline-came = { SHORT($kind) }: { $how ->
    [lowest] under { $to }
    [between] { $from } to { $to }
   *[highest] { $from } or more
} came from elsewhere
journeys-headline-went = { SHORT($kind) }: { $how ->
    [lowest] under { $to }
    [between] { $from } to { $to }
   *[highest] { $from } or more
} went elsewhere
journeys-headline-not-known = Not known who crosses a border for help
journeys-subtitle = People helped by services, by where they had lived and where the service is, in quarters of all of them, { $area }, { $period }

journeys-came = { CAPITAL($kind) }: { $how ->
    [lowest] under { $to } of the people who were helped in { $area } came from elsewhere.
    [between] from { $from } to under { $to } of the people who were helped in { $area } came from elsewhere.
    [highest] { $from } or more of the people who were helped in { $area } came from elsewhere.
    [not-told] we do not tell how many of the people who were helped in { $area } came from elsewhere.
   *[not-known] the return does not say, or not in full, how many of the people who were helped in { $area } came from elsewhere. Do not read it as none.
}
journeys-went = { CAPITAL($kind) }: { $how ->
    [lowest] under { $to } of the residents of { $area } who were helped went elsewhere.
    [between] from { $from } to under { $to } of the residents of { $area } who were helped went elsewhere.
    [highest] { $from } or more of the residents of { $area } who were helped went elsewhere.
    [not-told] we do not tell how many of the residents of { $area } who were helped went elsewhere.
   *[not-known] the return does not say, or not in full, how many of the residents of { $area } who were helped went elsewhere. Do not read it as none.
}
journeys-network = Refuges are a national network: women move between areas to be safe. By residents, the share of { $area } would be { $benchmark } family places by the benchmark of the Council of Europe, and { $demand } by a minimum of expressed demand (Bowstead). That is what an area adds for all, and no test of what its own residents need.
journeys-no-kind = Kind of service not told

journeys-caveat-need = Many move to be safe: that residents go elsewhere is no sign that a service is missing where they lived, nor that it is there. Who sought no help, or found no place, is in no return.
journeys-caveat-residents = People from elsewhere are helped here, so a rate for residents alone is too low a measure of what services do and need.
journeys-caveat-quarters = Shares are told in quarters, of { $people } people or more, so that nobody can be looked for. No other authority is named, and no number of people is told.
journeys-caveat-kinds = A person is counted once for each kind of service. A kind that is not listed is not told: do not read it as none.
