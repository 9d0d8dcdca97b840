# What each analysis asks: the titles of sections, and what `gapmap explain analyses` lists.

question-need = How many women may be harmed in a year?
question-burden = How much is recorded, where, and how sure can we be?
question-hotspots = Where do high rates cluster, and is it more than chance?
question-emerging = Which hot spots are new, and which last?
question-clusters = Do some places record more than chance explains, and is it new?
question-inequality = Is more recorded in deprived areas?
question-need-index = Where do signs of need overlap?
question-trend = Is it changing, or is it noise?
question-outcomes = What happened after it was reported?
question-events = Did it change after an action?
question-places = Where, when and why do people feel unsafe in public?
question-hours = When do people need help, and what is open then?
question-services = What is there, and where?
question-coverage = Who lives near each kind of service?
question-travel = How far is it to the nearest site?
question-last-bus = Who can come while it is open, and be home again?
question-access = How much capacity is there per person?
question-need-access = Where are rates high and services far?
question-parity = Who is under-represented?
question-indicators = What do our own indicators say, and did they change?
question-gaps = What is missing, for whom, and how sure are we?
question-contracts = What is commissioned, whom does it reach, and who pays?
question-site = Where would one more service help most?
question-what-if = What would a change of services do, and for whom?
