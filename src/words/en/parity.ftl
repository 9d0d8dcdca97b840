# Who is under-represented?

question-parity = Who is under-represented?
parity-headline-not-known = Not known who is under-represented: { $service }
parity-headline-none = No group clearly under-represented: { $service }
# Of up to three groups their names, of more their number.
parity-headline-named = { CAPITAL($names) } under-represented: { SHORT($service) }
parity-headline = { $groups } groups under-represented: { SHORT($service) }
parity-subtitle = Use by { $reference }, each group compared with the other groups, { $area }, { $period }
parity-all-services = all services

parity-under = { $dimension }, { MID($group) }: { $share_of_users } of users and { $share_of_people } of { $reference }. Person for person, they use it { $ratio } times as often as the other groups do ({ $lower } to { $upper }).
parity-unknown-share = an unknown share
parity-not-known = Too much is withheld or not known to say who is under-represented.
parity-no-users = No user was counted in { $period }, so no group is compared with another.
parity-more-than-people = More users than there are people ({ $reference }): { $groups }. Check whether a person is counted once for each contact, and whether both are of the same area.
parity-none = No group of { $groups } is clearly under-represented.
parity-none-of-known = { $others ->
    [one] No group of { $groups } is clearly under-represented; of { $others } other we do not know.
   *[other] No group of { $groups } is clearly under-represented; of { $others } others we do not know.
}
parity-over = Clearly over-represented: { $groups }.
parity-not-recorded = { $dimension }: not known for { $users } of { $total } users ({ $share }).

parity-caveat-need = A share of { $reference } is not a share of need: a low ratio is a question to ask with the people it is about.
parity-caveat-together = A group is named only where its interval lies wholly below or above equal use, with all groups of the table looked at together.
