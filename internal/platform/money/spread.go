package money

import "sort"

// Spread divides total over the weights so that the parts, rounded to digits, sum to
// total exactly (largest remainder; ties go to the earlier part). Zero weights get
// nothing unless all are zero, when the first part takes all. total is rounded to
// digits first.
func Spread(total Decimal, weights []Decimal, digits int) []Decimal {
	total = total.Round(digits)
	parts := make([]Decimal, len(weights))
	if len(weights) == 0 {
		return parts
	}
	sum := Sum(weights...)
	if sum.IsZero() {
		for i := range parts {
			parts[i] = Zero.Round(digits)
		}
		parts[0] = total
		return parts
	}
	type rest struct {
		index int
		value Decimal
	}
	rests := make([]rest, len(weights))
	given := Zero
	for i, w := range weights {
		exact := total.Mul(w).Div(sum, digits+12)
		parts[i] = Decimal{exact.d.RoundDown(int32(digits))}.Round(digits) //nolint:gosec // because digits are small
		given = given.Add(parts[i])
		rests[i] = rest{i, exact.Sub(parts[i]).Abs()}
	}
	sort.SliceStable(rests, func(a, b int) bool { return rests[a].value.Cmp(rests[b].value) > 0 })
	unit := FromMinor(1, digits)
	left := total.Sub(given)
	if left.Sign() < 0 {
		unit = unit.Neg()
	}
	for i := 0; !left.IsZero(); i++ {
		k := rests[i%len(rests)].index
		parts[k] = parts[k].Add(unit)
		left = left.Sub(unit)
	}
	return parts
}
