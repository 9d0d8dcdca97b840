# Where would one more service help most?

question-site = Where would one more service help most?
site-headline-nobody-beyond = { SHORT($kind) }: nobody known beyond reach
site-headline-no-place = { SHORT($kind) }: no place brings anybody within reach
site-headline-distance = { SHORT($kind) }: where distance is shortest
site-headline-farthest = { SHORT($kind) }: shortest for the farthest
site-headline = { SHORT($kind) } at { $place }: { $gained } more { $unit }
site-headline-equal = { SHORT($kind) }: { $tied } equal places, { $gained } more { $unit }
site-headline-several = { SHORT($kind) }: { $sites } sites, { $gained } more { $unit }
site-headline-not-known = { SHORT($kind) }: best new site not known
site-subtitle = Best of { $places ->
    [one] { $places } place
   *[other] { $places } places
} for { site-new-sites } of “{ MID($kind) }”, { $within }, { $area }
site-new-sites = { $sites ->
    [one] { $sites } new site
   *[other] { $sites } new sites
}

site-today = { $kind }: { $reached } { $unit } of { $area } are within reach today ({ $within }), and { $beyond } are not.
site-today-unknown = { $kind }: { $reached } { $unit } of { $area } are within reach today ({ $within }), and { $beyond } are not. For { $unknown } we do not know, and they take no part.
site-best = { CAPITAL($sites) } at { $names } would bring { $gained } more { $unit } within reach; { $proved ->
    [yes] no choice is better
   *[no] better ones were not ruled out
}.
site-tied = { $tied } choices are equally good: { $choices }.
site-tied-at-least = At least { $tied } choices are equally good, among them { $choices }.
site-tied-among = { $tied } choices are equally good, among them { $choices }.
site-choice = { $places }
site-bound = The search stopped at its limit of work: no choice can bring more than { $most } { $unit }.
site-mean-distance = The average distance falls from { $before } to { $after } km.
site-farthest-distance = The distance of those who live farthest falls from { $before } to { $after } km.
site-mean-minutes = The average way falls from { $before } to { $after } minutes.
site-farthest-minutes = The way of those who live farthest falls from { $before } to { $after } minutes.
site-stands = With reach up to { $reach } shorter or longer and the people of each area up to { $need } fewer or more, the choice is still among the best in { $stands } of { $draws } draws.
site-stands-several = With reach up to { $reach } shorter or longer and the people of each area up to { $need } fewer or more, the choice is still among the best in { $stands } of { $draws } draws: take it as one of several good places.
site-uncoverable = { $people } { $unit } live beyond reach of every place that was looked at.
site-move = Moving “{ $service }” to { $place } would bring { $gained } within reach of a site, and { $lost } would have none in reach any more.
site-close = If “{ $service }” closed, { $lost } { $unit } would have no listed site in reach any more.
site-close-comes = If “{ $service }” closed, it would no longer come to people, or help them by phone or online.
site-close-still = Another service comes to { $still } of them, or helps them by phone or online.
site-close-still-all = Another service comes to all of them, or helps them by phone or online.
site-close-beyond = In all, { $beyond } { $unit } would be beyond reach of every listed service.
site-close-not-known = For { $unknown } { $unit } we would know of no service that reaches them.

site-caveat-straight = A straight line is measured from a single centre for each area, to sites that are there and to places that are looked at.
site-caveat-other-ways = A straight line is measured from a single centre for each area, to sites that are there and to places that are looked at. Findings that go by travel times may name other people as beyond reach, and a place that is near on the map may have no way to it.
site-caveat-times = Travel times are measured from a single centre for each area, to sites that are there and to places that are looked at. A way that takes longer than { $minutes } minutes, or that nobody finds, is taken to be as long.
site-caveat-place = A point on a map is not a building to let. Ask people who know the place what is to be had there, and whether women would feel safe to come.
site-caveat-not-known = Areas of which we do not know whether anything reaches them take no part. Nor do services that keep their address confidential.
