# Pieces that every analysis shares. In every file: a message's holes are typed values; no digit and no spelled number stands in a text.

# A text of the plan or of a data file, as it is.
as-written = { $text }

# Sentences of one paragraph.
both = { $first } { $next }

list-two = { $first } and { $last }
list-more = { $first }, { $last }

state-withheld = withheld
state-missing = not known
state-not-applicable = not applicable

month = { month-name } { $year }
month-name = { $month ->
    [january] January
    [february] February
    [march] March
    [april] April
    [may] May
    [june] June
    [july] July
    [august] August
    [september] September
    [october] October
    [november] November
   *[december] December
}
period = { $first } to { $last }

interval = ({ $level } confidence interval { $lower } to { $upper })
p-value = p = { $p }
p-below = p below { $p }

# What a rise or a fall may mean, by whether more is worse, better, or either.
meaning-rise = { $polarity ->
    [worse] A rise may mean more harm.
    [better] A rise may mean that more people get help.
   *[ambiguous] A rise may mean more harm, or more people reporting.
}
meaning-fall = A fall may mean less harm, or less reporting.

# So many of what a source counts: `$topic` is incidents, referrals or reports.
things-counted = { $topic ->
    [incidents] { $count ->
        [one] { $count } incident was recorded
       *[other] { $count } incidents were recorded
    }
    [referrals] { $count ->
        [one] { $count } referral was made
       *[other] { $count } referrals were made
    }
   *[reports] { $count ->
        [one] { $count } report was made
       *[other] { $count } reports were made
    }
}
unlocated = { $records ->
    [one] { $records } record has no known location: it is in totals and on no map.
   *[other] { $records } records have no known location: they are in totals and on no map.
}
one-area-holds = { $label }: { $share } of all that is counted by area is in { $place } alone. Beside it, it is hard to see how the others differ.
withheld-areas = { $areas ->
    [one] { $areas } area is withheld to protect people. That does not mean zero.
   *[other] { $areas } areas are withheld to protect people. That does not mean zero.
}
incomplete-counts = Some months of this period are missing, so these counts are too low by what those months held.
undated-events = { $events } of these events have no date in the source. They are in no month, so the counts of months and periods are too low.
undated-some = Many of these events have no date in the source. They are in no month, so the counts of months and periods are too low.
break-within = Recording changed in { $month }: { $what }. These counts add up months of before and after.
incomplete-rates = Some months of this period are missing, so these counts and rates are too low by what those months held.

# A name inside a sentence: its first letter is small unless it is an abbreviation.
mid = { MID($text) }
