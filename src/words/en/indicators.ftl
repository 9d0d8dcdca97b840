# Indicators of the partnership's own, wave by wave and in their parts.

question-indicators = What do our own indicators say, and did they change?
indicators-unit-share = { $unit } of { $of }
indicators-unit-rate = { $unit } per { $per } { $of }
indicators-value = { $value }
indicators-value-rate = { $value } per { $per }
indicators-value-unit = { $value } { $unit }
indicators-range = { $value } (range { $lower } to { $upper })
indicators-subtitle = { $measure } ({ $unit }), { $area }, { $period }
indicators-subtitle-without-months = { $measure } ({ $unit }), { $area }
indicators-headline = { $moved ->
    [higher] { $measure }: { $value }, clearly higher
    [lower] { $measure }: { $value }, clearly lower
    [same] { $measure }: { $value }, no clear change
   *[none] { $measure }: { $value }
}
indicators-headline-not-known = { $measure }: not known
indicators-headline-withheld = { $measure }: withheld to protect people
indicators-not-known = { $measure }: we do not know the value of { $period }.
indicators-withheld = { $measure }: the value of { $period } is withheld to protect people. It is not zero.
indicators-latest = { $measure }: { $value } in { $period }.
indicators-latest-of = { $measure }: { $value } in { $period }. This is { $part } of { $whole } { $of }.
indicators-beside = { $said ->
    [higher] { $name }: { $value }, clearly higher than in { $area }.
    [lower] { $name }: { $value }, clearly lower than in { $area }.
    [same] { $name }: { $value }, no clear difference.
   *[none] { $name }: { $value }, not tested.
}
indicators-provisional = Provisional: { $period } may be revised.
indicators-broken = Recording changed in { $month }: { $was } in { $period } is not compared.
indicators-direction = { $hoped ->
    [hoped] This is the direction hoped for.
    [not-hoped] This is not the direction hoped for.
    [more] This may mean more harm, or more people reporting.
   *[less] This may mean less harm, or less reporting.
}
indicators-apart-points = percentage points
indicators-apart-rate = per { $per }
indicators-apart-unit = { $unit }
indicators-change = { $said ->
    [higher] Clearly higher than { $was } in { $period } (difference { $lower } to { $upper } { $unit }). { $direction }
    [lower] Clearly lower than { $was } in { $period } (difference { $lower } to { $upper } { $unit }). { $direction }
   *[same] No clear change from { $was } in { $period } (difference { $lower } to { $upper } { $unit }).
}
indicators-usual = { $place ->
    [within] Within the usual range of { $lower } to { $upper }.
    [run-high] Within the usual range of { $lower } to { $upper }, and above its own average for many waves in a row.
    [run-low] Within the usual range of { $lower } to { $upper }, and below its own average for many waves in a row.
    [high] Unusually high beside its own past, where { $lower } to { $upper } is usual.
   *[low] Unusually low beside its own past, where { $lower } to { $upper } is usual.
}
indicators-part = { $name } ({ $value })
indicators-apart = { $said ->
    [higher] Clearly higher than the rest: { $names }{ $more ->
        [0] .
       *[other] {""} and { $more } more.
    }
   *[lower] Clearly lower than the rest: { $names }{ $more ->
        [0] .
       *[other] {""} and { $more } more.
    }
}
indicators-none-apart = No clear difference between them: they vary no more than chance explains.
indicators-hidden = { $values ->
    [one] { $values } value is withheld to protect people. It is not zero.
   *[other] { $values } values are withheld to protect people. They are not zero.
}
indicators-headline-not-compared = { $measure }: parts not compared
indicators-headline-none-apart = { $measure }: no clear difference between them
indicators-headline-apart = { $apart ->
    [one] { $measure }: { $apart } clearly differs
   *[other] { $measure }: { $apart } clearly differ
}
indicators-caveat-sample = Limits are those of a random sample: people who chose to answer may differ from those who did not.
