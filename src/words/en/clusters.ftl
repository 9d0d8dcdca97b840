# Do some places record more than chance explains, and is it new?

question-clusters = Do some places record more than chance explains, and is it new?
clusters-headline-not-known = { $label }: too little shown for clusters
clusters-headline-none = { $label }: no cluster beyond chance
clusters-headline-none-new = { $label }: no place unusually high now
clusters-headline = { $clusters ->
    [one] { $label }: { $clusters } cluster beyond chance
   *[other] { $label }: { $clusters } clusters beyond chance
}
clusters-headline-place = { $label }: { $place } stands out
clusters-headline-new = { $clusters ->
    [one] { $label }: { $clusters } place unusually high now
   *[other] { $label }: { $clusters } places unusually high now
}
clusters-subtitle = { $label }, compared with the number of residents, { $area }, { $plural }, { $period }
clusters-subtitle-new = { $label }, compared with what is usual for each area and month, { $area }, { $plural }, { $period }

clusters-not-known = { $label }: too many areas are withheld, or too few are known, to look for clusters.
clusters-place = { $areas ->
    [one] { $around }
   *[other] { $areas } { $plural } around { $around }
}
clusters-found = { $label }: { $observed } were recorded in { clusters-place } from { $first } to { $last }, and { $expected } would be expected. The rate is { $times } times that elsewhere ({ $p }).
clusters-found-next = Another { $observed } were recorded in { clusters-place } from { $first } to { $last }, and { $expected } would be expected. The rate is { $times } times that elsewhere ({ $p }).
clusters-found-all = { $label }: all { $observed } were recorded in { clusters-place } from { $first } to { $last } ({ $p }).
clusters-found-new = { $label }: since { $first }, { $observed } were counted in { clusters-place } and { $expected } are usual ({ $times } times), allowing for season and for change everywhere ({ $p }).
clusters-found-new-next = Since { $first }, { $observed } were counted in { clusters-place } and { $expected } are usual ({ $times } times; { $p }).
clusters-more = { $clusters ->
    [one] { $clusters } more cluster is beyond chance.
   *[other] { $clusters } more clusters are beyond chance.
}
clusters-none = No cluster: no circle of areas in { $area } holds more than chance would put there if areas differ as much as these do.
clusters-none-new = Nothing new: no place in { $area } is above its usual level now by more than months and areas vary.
clusters-left-out = { $areas ->
    [one] { $areas } area took no part: it is withheld, or has no known residents.
   *[other] { $areas } areas took no part: they are withheld, or have no known residents.
}

clusters-caveat-why = A cluster is where many events are recorded close together. It does not say why, and a circle takes in areas that are not part of it.
clusters-caveat-residents = The number of residents is the wrong comparison for a town centre, where people go who live elsewhere.
