# How far is it to the nearest site?

travel-headline = How far it is to the nearest site, { $how }
travel-subtitle = Residents by distance to the nearest site of each kind, { $how }, { $area }
travel-on-foot = on foot along streets
travel-by-car = by car along streets
travel-straight = in a straight line
travel-most = { $kind }: { $residents } residents ({ $share }) live { $near } from the nearest site, { $how }.
travel-least = { $kind }: { $residents } residents ({ $share }).

travel-caveat-times = Times are those of the plan’s network or table, from a single centre for each area to the nearest site. No standard says how long is too long: read the whole of a bar.
travel-caveat-straight = A straight line is shorter than any route: in towns by about a third. No standard says how far is too far: read the whole of a bar.
