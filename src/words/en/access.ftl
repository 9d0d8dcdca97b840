# How much capacity is there per person?

question-access = How much capacity is there per person?
access-headline = { SHORT($label) }: capacity per person, by area
access-headline-comes = { SHORT($label) }: { $share } rely on outreach, phone, online
access-headline-not-known = { SHORT($label) }: not known for { $share }
access-headline-far = { SHORT($label) }: { $share } live beyond reach
access-subtitle = { CAPITAL($unit) }, shared by everyone within reach, sites { $within }{ $open ->
    [evening] , open in the evening
    [night] , open at night
    [weekend] , open at the weekend
   *[any] { "" }
}, { $area }, { $plural }

access-capacity = { $label }: { $supply } { $capacity_unit } at { $sites ->
    [one] { $sites } site
   *[other] { $sites } sites
}, shared by everyone within reach; on average { $mean } { $unit }. Services without a site are not in it.
access-comes = For { $people } of { $all } { $whom } ({ $share }) the service comes to them, or helps by phone or online. Those are not in these figures, which are of sites.
access-not-known = For { $people } of { $all } { $whom } ({ $share }) we do not know whether they are reached.
access-far = { $people } of { $all } { $whom } ({ $share }) are beyond reach: no listed site is { $within }, and no listed service comes to them.
access-not-for-them = { $people } of { $all } { $whom } ({ $share }) have a site in reach, and none that takes people of their age.
access-taken-by-neighbours = People of neighbouring authorities who are as near take up { $part } of the { $supply } { $capacity_unit }.
access-for-everybody = { $part } { $capacity_unit } more have no site and are there for everybody alike; they are in no area’s figure.
access-deprived-more = More capacity is in reach where areas are more deprived (concentration index { $index }).
access-deprived-less = More capacity is in reach where areas are less deprived (concentration index { $index }).
access-deprived-even = Capacity in reach has no clear link with deprivation (concentration index { $index }).
access-fifths = The most deprived fifth of areas has { $most }, the least deprived { $least } (slope index { $slope }).

access-caveat-shared = Capacity is shared between all who can come, whether or not they need it: the value is what would be there for each if need were the same everywhere.
access-caveat-services = Only services with a site and a known capacity in this unit take part, each for the ages that it takes.
access-caveat-no-neighbours = Need from neighbouring areas is not included: no population of theirs is among the sources.
access-caveat-neighbours = { $areas ->
    [one] { $areas } neighbouring area within { $km } km shares what is in reach.
   *[other] { $areas } neighbouring areas within { $km } km share what is in reach.
}
access-caveat-hours = { $services ->
    [one] We do not know the hours of { $services } service: its capacity is left out, and so is whom it alone could reach.
   *[other] We do not know the hours of { $services } services: their capacity is left out, and so is whom they alone could reach.
}
access-caveat-left-out = { $services ->
    [one] { $services } further service of the kind gives no capacity in this unit, and is not included.
   *[other] { $services } further services of the kind give no capacity in this unit, and are not included.
}
