package domain

import (
	"strings"

	"erp/internal/asset"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
	"erp/internal/platform/money"
)

// Category is a kind of asset with the defaults of its assets, stored as it stands.
type Category struct {
	ID             asset.CategoryID
	Name           string
	Prefix         string
	Method         asset.Method
	Convention     asset.Convention
	LifeMonths     int
	SalvagePercent money.Decimal
	LastNumber     int // of the tags given by the prefix; counted apart from the other fields
	Version        int
}

// NewCategory checks what was typed; every broken rule is named.
func NewCategory(c Category) (Category, error) {
	c.ID, c.Version = id.New[asset.Category](), 1
	c = c.normal()
	return c, c.check()
}

// Edit replaces everything but identity. Assets that exist keep what they have.
func (c *Category) Edit(to Category) error {
	to.ID, to.Version = c.ID, c.Version+1
	to = to.normal()
	if err := to.check(); err != nil {
		return err
	}
	*c = to
	return nil
}

// Salvage is the default salvage of an asset of this cost.
func (c Category) Salvage(cost money.Decimal, currency money.Currency) money.Decimal {
	return money.Max(cost, money.Zero).Mul(c.SalvagePercent).Div(money.FromInt(100), exactDigits).In(currency)
}

// Defaults fills what the details leave open: a plan not chosen is the category's, with its life and salvage.
func (c Category) Defaults(d Details, salvageGiven bool) Details {
	if d.Method == "" {
		d.Method = c.Method
		if d.LifeMonths == 0 {
			d.LifeMonths = c.LifeMonths
		}
		if !salvageGiven {
			d.Salvage = c.Salvage(d.Cost, d.Currency)
		}
		if d.Convention == "" {
			d.Convention = c.Convention
		}
		if d.InServiceOn.IsZero() && d.Method != asset.NoDepreciation {
			d.InServiceOn = d.PurchasedOn
		}
	}
	return d
}

func (c Category) normal() Category {
	c.Name, c.Prefix = strings.TrimSpace(c.Name), strings.ToUpper(strings.TrimSpace(c.Prefix))
	if c.Method == "" {
		c.Method = asset.NoDepreciation
	}
	if c.Convention == "" {
		c.Convention = asset.FullMonth
	}
	if c.Method == asset.NoDepreciation {
		c.LifeMonths, c.SalvagePercent = 0, money.Zero
	}
	return c
}

func (c Category) check() error {
	var p fault.Problems
	if c.Name == "" {
		p.Add("body.name", "must not be empty")
	}
	if !prefixPattern.MatchString(c.Prefix) {
		p.Add("body.prefix", "must be one to six letters or digits, beginning with a letter")
	}
	if c.SalvagePercent.Sign() < 0 || money.FromInt(100).Less(c.SalvagePercent) {
		p.Add("body.salvagePercent", "must be from 0 to 100")
	}
	Details{Method: c.Method, Convention: c.Convention, LifeMonths: c.LifeMonths}.checkPlan(&p)
	return p.Err()
}
