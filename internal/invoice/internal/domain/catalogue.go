package domain

import (
	"fmt"
	"regexp"
	"strings"

	"erp/internal/invoice"
	"erp/internal/platform/fault"
	"erp/internal/platform/money"
)

var (
	country  = regexp.MustCompile(`^[A-Z]{2}$`)
	mailLike = regexp.MustCompile(`^[^@\s]+@[^@\s]+$`)
	vatLike  = regexp.MustCompile(`^[A-Z]{2}[0-9A-Z+*.]{2,18}$`)
)

// TidyCustomer trims what people type and writes codes as they are compared.
func TidyCustomer(c *invoice.Customer) {
	for _, s := range []*string{&c.Number, &c.Name, &c.Email, &c.Phone, &c.Street, &c.PostalCode, &c.City, &c.Country, &c.VATID, &c.TaxID, &c.Note} {
		*s = strings.TrimSpace(*s)
	}
	c.Country = strings.ToUpper(c.Country)
	c.VATID = strings.ToUpper(strings.ReplaceAll(c.VATID, " ", ""))
	for i := range c.Contacts {
		k := &c.Contacts[i]
		for _, s := range []*string{&k.Name, &k.Role, &k.Email, &k.Phone} {
			*s = strings.TrimSpace(*s)
		}
	}
	if c.Contacts == nil {
		c.Contacts = []invoice.Contact{}
	}
}

// CheckCustomer notes what is wrong with a customer.
func CheckCustomer(p *fault.Problems, at string, c invoice.Customer) {
	checkText(p, at+".number", c.Number, 30, false)
	checkText(p, at+".name", c.Name, 200, true)
	checkText(p, at+".phone", c.Phone, 50, false)
	checkText(p, at+".street", c.Street, 300, false)
	checkText(p, at+".postalCode", c.PostalCode, 20, false)
	checkText(p, at+".city", c.City, 100, false)
	checkText(p, at+".taxId", c.TaxID, 50, false)
	checkText(p, at+".note", c.Note, 5000, false)
	checkEmail(p, at+".email", c.Email)
	if c.Country != "" && !country.MatchString(c.Country) {
		p.Add(at+".country", "must be a two-letter code such as DE")
	}
	if c.VATID != "" && !vatLike.MatchString(c.VATID) {
		p.Add(at+".vatId", "must begin with the country's two letters, such as DE123456789")
	}
	if c.Currency != "" && !c.Currency.Valid() {
		p.Add(at+".currency", "is not a known ISO 4217 code")
	}
	if c.PaymentDays < 0 || c.PaymentDays > 365 {
		p.Add(at+".paymentDays", "must be from 0 to 365")
	}
	if len(c.Contacts) > 50 {
		p.Add(at+".contacts", "must not be more than 50")
	}
	for i, k := range c.Contacts {
		here := fmt.Sprintf("%s.contacts[%d]", at, i)
		checkText(p, here+".name", k.Name, 200, true)
		checkText(p, here+".role", k.Role, 100, false)
		checkText(p, here+".phone", k.Phone, 50, false)
		checkEmail(p, here+".email", k.Email)
	}
}

func checkEmail(p *fault.Problems, at, email string) {
	checkText(p, at, email, 254, false)
	if email != "" && !mailLike.MatchString(email) {
		p.Add(at, "must be an e-mail address such as name@example.com")
	}
}

// CheckItem notes what is wrong with an item.
func CheckItem(p *fault.Problems, at string, i invoice.Item) {
	checkText(p, at+".code", i.Code, 50, true)
	checkText(p, at+".name", i.Name, 200, true)
	checkText(p, at+".description", i.Description, 2000, false)
	checkText(p, at+".unit", i.Unit, 20, false)
	if i.UnitPrice.Sign() < 0 {
		p.Add(at+".unitPrice", "must not be negative")
	}
	checkNumber(p, at+".unitPrice", i.UnitPrice, money.FromInt(1_000_000_000))
	if !i.Currency.Valid() {
		p.Add(at+".currency", "is not a known ISO 4217 code")
	}
	if i.PriceMode != invoice.Exclusive && i.PriceMode != invoice.Inclusive {
		p.Add(at+".priceMode", "must be exclusive or inclusive")
	}
}

// CheckTaxRate notes what is wrong with a tax rate.
func CheckTaxRate(p *fault.Problems, at string, r invoice.TaxRate) {
	checkText(p, at+".name", r.Name, 100, true)
	checkTax(p, at, invoice.Tax{Category: r.Category, Percent: r.Percent, Reason: r.Reason})
	if NeedsReason(r.Category) && strings.TrimSpace(r.Reason) == "" {
		p.Add(at+".reason", "must say why no tax is charged; it is printed on the invoice")
	}
	if r.Default && r.Archived {
		p.Add(at+".archived", "must not be set for the default rate")
	}
}

// CheckPayment notes what is wrong with a payment and its allocations.
func CheckPayment(p *fault.Problems, at string, pay invoice.Payment) {
	if pay.CustomerID.IsZero() {
		p.Add(at+".customerId", "must name a customer")
	}
	if !pay.Currency.Valid() {
		p.Add(at+".currency", "is not a known ISO 4217 code")
	}
	checkAmount(p, at+".amount", pay.Amount, pay.Currency)
	checkText(p, at+".reference", pay.Reference, 200, false)
	CheckAllocations(p, at+".allocations", pay.Allocations, pay.Amount, pay.Currency)
}

// CheckAllocations notes what is wrong with setting parts of rest against invoices.
func CheckAllocations(p *fault.Problems, at string, as []invoice.Allocation, rest money.Decimal, currency money.Currency) {
	if len(as) > 500 {
		p.Add(at, "must not be more than 500")
		return
	}
	sum := money.Zero
	seen := map[invoice.ID]bool{}
	for i, a := range as {
		here := fmt.Sprintf("%s[%d]", at, i)
		checkAmount(p, here+".amount", a.Amount, currency)
		if a.InvoiceID.IsZero() || seen[a.InvoiceID] {
			p.Add(here+".invoiceId", "must name an invoice, each only once")
		}
		seen[a.InvoiceID] = true
		sum = sum.Add(a.Amount)
	}
	if sum.Cmp(rest) > 0 {
		p.Add(at, "must not add up to more than the payment has left (%s)", rest)
	}
}

func checkAmount(p *fault.Problems, at string, amount money.Decimal, currency money.Currency) {
	if amount.Sign() <= 0 {
		p.Add(at, "must be more than zero")
	}
	if amount.Trim().Scale() > currency.Digits() {
		p.Add(at, "has more decimals than %s", currency)
	}
	if amount.Cmp(money.FromInt(1_000_000_000_000)) >= 0 {
		p.Add(at, "must be less than 1,000,000,000,000")
	}
}

// UsualRates are the VAT rates in force in a country, the standard one first; none for a
// country that we do not know.
func UsualRates(country string) []string {
	return map[string][]string{
		"AT": {"20", "13", "10"}, "BE": {"21", "12", "6"}, "BG": {"20", "9"}, "CH": {"8.1", "3.8", "2.6"}, "CY": {"19", "9", "5"},
		"CZ": {"21", "12"}, "DE": {"19", "7"}, "DK": {"25"}, "EE": {"24", "13", "9"}, "ES": {"21", "10", "4"}, "FI": {"25.5", "13.5", "10"},
		"FR": {"20", "10", "5.5", "2.1"}, "GB": {"20", "5"}, "GR": {"24", "13", "6"}, "HR": {"25", "13", "5"}, "HU": {"27", "18", "5"},
		"IE": {"23", "13.5", "9"}, "IT": {"22", "10", "5", "4"}, "LI": {"8.1", "3.8", "2.6"}, "LT": {"21", "12", "5"}, "LU": {"17", "14", "8", "3"},
		"LV": {"21", "12", "5"}, "MT": {"18", "7", "5"}, "NL": {"21", "9"}, "NO": {"25", "15", "12"}, "PL": {"23", "8", "5"},
		"PT": {"23", "13", "6"}, "RO": {"21", "11"}, "SE": {"25", "12", "6"}, "SI": {"22", "9.5", "5"}, "SK": {"23", "19", "5"},
		"AU": {"10"}, "NZ": {"15"}, "JP": {"10", "8"}, "SG": {"9"}, "ZA": {"15"}, "IN": {"18", "5", "40"}, "KR": {"10"},
		"MX": {"16"}, "CL": {"19"}, "TR": {"20", "10", "1"}, "AE": {"5"}, "SA": {"15"}, "IL": {"18"},
	}[country]
}
