package domain

import (
	"strconv"
	"strings"

	"erp/internal/asset"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
	"erp/internal/platform/money"
)

// Days outside of these years are slips of the keyboard.
const firstYear, lastYear = 1900, 2200

// LongestLife is the most months an asset may be spread over.
const LongestLife = 1200

var mostMoney = money.MustParse("999999999999999") //nolint:gochecknoglobals // because it is a constant that the language cannot spell

// normal trims what people leave around words and fills what an empty choice means.
func (d Details) normal() Details {
	for _, text := range []*string{&d.Tag, &d.Name, &d.Serial, &d.Model, &d.Supplier, &d.Notes} {
		*text = strings.TrimSpace(*text)
	}
	if d.Method == "" {
		d.Method = asset.NoDepreciation
	}
	if d.Convention == "" {
		d.Convention = asset.FullMonth
	}
	if d.Method == asset.NoDepreciation {
		d.LifeMonths, d.Salvage = 0, money.Zero
	}
	d.Cost, d.Salvage = d.Cost.In(d.Currency), d.Salvage.In(d.Currency)
	return d
}

// check names every rule that the details break, by field of the request body.
func (d Details) check() error {
	var p fault.Problems
	if d.Tag != "" && !tagPattern.MatchString(d.Tag) {
		p.Add("body.tag", "must be letters, digits and . _ / - (at most 40), beginning with a letter or digit")
	}
	if d.Name == "" {
		p.Add("body.name", "must not be empty")
	}
	if d.CategoryID.IsZero() {
		p.Add("body.categoryId", "must name a category")
	}
	if !d.Currency.Valid() {
		p.Add("body.currency", "%q is not a currency code", d.Currency)
	}
	d.checkAmounts(&p)
	d.checkPlan(&p)
	for field, day := range map[string]date.Date{
		"purchasedOn": d.PurchasedOn, "warrantyUntil": d.WarrantyUntil, "inServiceOn": d.InServiceOn,
	} {
		if !day.IsZero() && (day.Year() < firstYear || day.Year() > lastYear) {
			p.Add("body."+field, "must lie between the years %d and %d", firstYear, lastYear)
		}
	}
	if !d.WarrantyUntil.IsZero() && d.WarrantyUntil.Before(d.PurchasedOn) {
		p.Add("body.warrantyUntil", "lies before the purchase on %s", d.PurchasedOn)
	}
	if !d.InServiceOn.IsZero() && d.InServiceOn.Before(d.PurchasedOn) {
		p.Add("body.inServiceOn", "lies before the purchase on %s", d.PurchasedOn)
	}
	return p.Err()
}

func (d Details) checkAmounts(p *fault.Problems) {
	switch {
	case d.Cost.Sign() < 0:
		p.Add("body.cost", "must not be negative")
	case mostMoney.Less(d.Cost):
		p.Add("body.cost", "is too large")
	}
	switch {
	case d.Salvage.Sign() < 0:
		p.Add("body.salvage", "must not be negative")
	case d.Cost.Sign() >= 0 && d.Cost.Less(d.Salvage):
		p.Add("body.salvage", "must not be more than the cost")
	}
}

func (d Details) checkPlan(p *fault.Problems) {
	switch {
	case d.LifeMonths < 0 || d.LifeMonths > LongestLife:
		p.Add("body.lifeMonths", "must be from 0 to %d", LongestLife)
	case d.Method != asset.NoDepreciation && d.LifeMonths == 0:
		p.Add("body.lifeMonths", "must be given for depreciation")
	case d.Method == asset.SumOfYears && d.LifeMonths%12 != 0:
		p.Add("body.lifeMonths", "must be whole years (a multiple of 12) for sum of years' digits")
	}
	if whole := d.Convention == asset.FullMonth || d.Convention == asset.FollowingMonth; !whole &&
		d.Method != asset.StraightLine && d.Method != asset.NoDepreciation {
		p.Add("body.convention", "must be full-month or following-month unless the method is straight-line")
	}
}

// differences lists what an edit changes, in words; ids stand for records and are named by whoever shows them.
func differences(was, is Details) []asset.Change {
	var changes []asset.Change
	note := func(field, from, to string) {
		if from != to {
			changes = append(changes, asset.Change{Field: field, From: from, To: to})
		}
	}
	note("tag", was.Tag, is.Tag)
	note("name", was.Name, is.Name)
	note("serial", was.Serial, is.Serial)
	note("model", was.Model, is.Model)
	note("supplier", was.Supplier, is.Supplier)
	note("notes", was.Notes, is.Notes)
	note("category", was.CategoryID.String(), is.CategoryID.String())
	note("location", was.LocationID.String(), is.LocationID.String())
	note("purchasedOn", was.PurchasedOn.String(), is.PurchasedOn.String())
	if !was.Cost.Equal(is.Cost) || was.Currency != is.Currency {
		note("cost", was.Cost.String()+" "+string(was.Currency), is.Cost.String()+" "+string(is.Currency))
	}
	note("warrantyUntil", was.WarrantyUntil.String(), is.WarrantyUntil.String())
	note("method", string(was.Method), string(is.Method))
	note("convention", string(was.Convention), string(is.Convention))
	note("lifeMonths", strconv.Itoa(was.LifeMonths), strconv.Itoa(is.LifeMonths))
	if !was.Salvage.Equal(is.Salvage) {
		note("salvage", was.Salvage.String(), is.Salvage.String())
	}
	note("inServiceOn", was.InServiceOn.String(), is.InServiceOn.String())
	return changes
}
