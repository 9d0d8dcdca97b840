# Why a question that was asked has no answer, and what would give it one.

unanswered-no-residents = no area has a number of residents
unanswered-no-residents-next = Add a `population` source with residents by sex and age, such as { $example } of the census.
unanswered-no-sex-and-age = the residents are not known by sex and age for every area
unanswered-no-sex-and-age-next = Add a `population` source with women and with ages, such as { $example } of the census, for the codes of the boundaries.
unanswered-no-deprivation = no source says how deprived the areas are
unanswered-no-deprivation-next = Add a `deprivation` source: { $file } of the English Indices of Deprivation.
unanswered-few-areas = the study has too few areas to compare them with each other
unanswered-few-areas-next = Choose a finer `geography`, such as `lsoa`, or take the analysis out of the plan.
unanswered-few-ranks = too few areas have a rank of deprivation
unanswered-few-ranks-next = Check that the ranks are of the codes of the boundaries, or add a lookup between them.
unanswered-no-reports = no source has reports of places where people feel unsafe
unanswered-no-reports-next = Add a source with `topic = "place-reports"`.
unanswered-no-users = no source says who used services
unanswered-no-users-next = Add a `users-by-group` source.
unanswered-no-event = no event of the study lies inside its months, or no source covers it
unanswered-no-event-next = Name it in `[[study.event]]`, with a first month inside the period.
unanswered-no-hours = no source of incidents has an hour
unanswered-no-hours-next = Map `hour` in an `events-csv` source of incidents.
unanswered-no-services = the study has no services
unanswered-no-services-next = Add a catalogue of services: `services-csv`, `services-open-referral` or `services-hsds`.
unanswered-no-capacity = no service of the kinds asked for has both a site and a capacity
unanswered-no-capacity-next = Give capacities in the catalogue or in a `services-side-table`, or name other `types`.
unanswered-no-open-site = no kind of service that people expect near where they live has a public site, or its catalogue is restricted
unanswered-no-open-site-next = Give sites in an open catalogue of services, or name other `types`.
unanswered-no-scenario = no scenario of the plan changes a service that people travel to
unanswered-no-scenario-next = Write a `[[scenario]]` that opens, closes or moves a service.
unanswered-no-travelled-kind = no service is of a kind that people travel to
unanswered-no-travelled-kind-next = Check the types of the services with `gapmap explain service-types`.
unanswered-no-incidents = no source has incidents
unanswered-no-incidents-next = Add a source of incidents: `police-uk-street`, `mps-wide` or `events-csv`.
unanswered-no-categories = no source has the categories that it asks for, or enough months
unanswered-no-categories-next = Check `categories` against the labels that the source uses, and the months that it covers.
unanswered-no-indicators = no source holds indicators of your own
unanswered-no-indicators-next = Add an `indicator-table` source: `gapmap explain indicator-table` says what it holds.
unanswered-no-cost = the catalogue says of no running service what it costs
unanswered-no-cost-next = Fill the column cost_per_year of the catalogue or its side table, in pounds.
