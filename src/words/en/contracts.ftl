# What is commissioned, whom does it reach, and who pays?

question-contracts = What is commissioned, whom does it reach, and who pays?
contracts-headline = { $services ->
    [one] { $services } running service has a known cost, of { $running }
   *[other] { $services } running services have a known cost, of { $running }
}
contracts-headline-withheld = From need to money: some numbers are withheld
contracts-subtitle = From need to money by kind of service, { $area }, { $as_of }
contracts-cost = Contracts with a known cost come to { $pounds } pounds a year.
contracts-each = { $kind }: { $pounds } pounds a year for each person on the books today ({ $cases } open cases).
contracts-ends = { $services ->
    [one] { $services } contract ends within { $months } months.
   *[other] { $services } contracts end within { $months } months.
}
contracts-one-funder = { $services ->
    [one] { $services } service has a single funder.
   *[other] { $services } services have a single funder each.
}
contracts-unfunded = { $services ->
    [one] { $services } service runs without a funder.
   *[other] { $services } services run without a funder.
}
contracts-no-funder-named = { $services ->
    [one] The catalogue names no funder of { $services } service: we do not know whether anybody pays.
   *[other] The catalogue names no funder of { $services } services: we do not know whether anybody pays.
}
contracts-no-end = { $services ->
    [one] The catalogue gives no end of the contract of { $services } service: we do not know when it ends.
   *[other] The catalogue gives no end of the contracts of { $services } services: we do not know when they end.
}
contracts-duty = The Domestic Abuse Act asks authorities to assess the need for support in safe accommodation and to meet it. Services at a secret address are not in this table.

contracts-caveat-books = People on the books on one day are fewer than those helped in a year. A cost for each of them is no cost for each person helped, and no measure of quality.
contracts-caveat-once = A service of several kinds stands once, with its first kind. Need is for the kind’s form of violence in all the area, and the same women may need several services.
contracts-caveat-apart = Services of restricted catalogues are not in this table.
contracts-caveat-given = Costs are as the catalogue gives them, and no cost is estimated.
