# Where do signs of need overlap?

question-need-index = Where do signs of need overlap?
need-index-headline-not-known = Too little known for an index of need
need-index-headline-none = No area stays in the top fifth on need indicators
need-index-headline = { $high ->
    [one] { $high } area stays in the top fifth on need indicators
   *[other] { $high } areas stay in the top fifth on need indicators
}
need-index-subtitle = Index of { $indicators }, { $area }, { $plural }, { $period }

need-index-not-known = Too much is withheld, or too few areas are known, to make an index of need.
need-index-none = No area is in the top fifth of { $areas } { $plural } in at least { $share } of { $versions } versions of the index.
need-index-high = { need-index-high-areas } in the top fifth in at least { $share } of { $versions } versions of the index: { $names }.
need-index-high-most = { need-index-high-areas } in the top fifth in at least { $share } of { $versions } versions of the index, first of all { $names }.
need-index-high-areas = { $high ->
    [one] { $high } of { $areas } { $plural } of { $area } is
   *[other] { $high } of { $areas } { $plural } of { $area } are
}
need-index-rank = { $place } (rank { $rank })
need-index-ranks = { $place } (ranks { $low } to { $high })
need-index-no-others = No other area is in it in some versions only.
need-index-others = { $areas ->
    [one] { $areas } more area is in it in some versions only.
   *[other] { $areas } more areas are in it in some versions only: do not rank them.
}
need-index-left-out = { $areas ->
    [one] { $areas } area has no index, as a part is withheld or not known.
   *[other] { $areas } areas have no index, as a part is withheld or not known.
}

need-index-caveat-judgement = An index is a judgement: what is in it, and with what weight, was chosen. Read the range of ranks, and never the index alone.
need-index-caveat-recorded = What is recorded stands for need, and is less than it: where people trust nobody enough to report, need is higher than this shows.
need-index-caveat-left-out = Not in it, as it is not known for every area: { $indicators }.
