package app

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"erp/internal/invoice"
	"erp/internal/platform/money"
)

// place is where sample customers are, with the form of their companies and their money.
type place struct {
	country, postal, city, form string
	currency                    money.Currency
}

func demoPlaces() []place {
	return []place{
		{"DE", "10115", "Berlin", "GmbH", "EUR"}, {"DE", "80331", "München", "AG", "EUR"}, {"DE", "20095", "Hamburg", "GmbH & Co. KG", "EUR"},
		{"DE", "50667", "Köln", "GmbH", "EUR"}, {"AT", "1010", "Wien", "GmbH", "EUR"}, {"FR", "69001", "Lyon", "SARL", "EUR"},
		{"NL", "1011", "Amsterdam", "B.V.", "EUR"}, {"IT", "20121", "Milano", "S.r.l.", "EUR"}, {"ES", "28001", "Madrid", "S.L.", "EUR"},
		{"PL", "00-001", "Warszawa", "Sp. z o.o.", "EUR"}, {"CH", "8001", "Zürich", "AG", "CHF"}, {"GB", "SW1A 1AA", "London", "Ltd", "GBP"},
		{"US", "02108", "Boston", "Inc.", "USD"},
	}
}

func (d *demo) makeCustomers(r *rand.Rand) {
	names := strings.Fields("Adler Bergmann Castell Dorn Eriksen Falk Gruber Holm Ivanov Jansen Keller Lindqvist Moretti Novak Olsen Petrov Quist Rossi Sauer Tamm Ullrich Vogel Winter Xander Young Ziegler Brandt Costa Dubois Engel Fischer Garnier Hansen Iversen Jung Krause Lambert Meyer Nowak Ortega Paulsen Richter Schuster Thoma Urban Vidal Weber Zeller")
	trades := strings.Fields("Maschinenbau Logistics Software Consulting Pharma Foods Textil Energy Optik Media Robotics Design Bau Chemie Handel Analytics Print Garden Mobility Marine")
	places := demoPlaces()
	began := d.today.AddDays(-demoDays - 30).Time()
	for i := range max(12, min(d.n/60, 20_000)) {
		p := places[min(r.IntN(len(places)), r.IntN(len(places)+6))%len(places)]
		name := fmt.Sprintf("%s %s %s", names[r.IntN(len(names))], trades[r.IntN(len(trades))], p.form)
		if i >= len(names) && r.IntN(2) == 0 {
			name = fmt.Sprintf("%s & %s %s", names[r.IntN(len(names))], names[r.IntN(len(names))], p.form)
		}
		at := began.Add(time.Duration(i) * time.Minute)
		c := invoice.Customer{
			ID: invoice.CustomerID(demoID(r, at)), Version: 1, Number: fmt.Sprintf("C-%05d", i+1), Name: name,
			Email: fmt.Sprintf("office%d@example.com", i+1), Street: fmt.Sprintf("%s %d", []string{"Hauptstraße", "Market Street", "Rue Victor Hugo", "Bahnhofstraße"}[r.IntN(4)], 1+r.IntN(120)),
			PostalCode: p.postal, City: p.city, Country: p.country, Currency: p.currency, PaymentDays: []int{14, 30, 30, 30, 60}[r.IntN(5)], CreatedAt: at,
		}
		if d.seller.Currency != "EUR" && p.currency == "EUR" { // a company elsewhere sells mostly at home
			c.Currency = d.seller.Currency
		}
		if p.country != "US" {
			c.VATID = fmt.Sprintf("%s%09d", p.country, r.IntN(1_000_000_000))
		}
		d.customers = append(d.customers, c)
	}
}

func (d *demo) makeItems(r *rand.Rand) {
	at := d.today.AddDays(-demoDays - 31).Time()
	for i, text := range []string{
		"Consulting|h|120.00", "Senior consulting|h|165.00", "Project management|h|135.00", "Workshop, one day|day|1480.00", "Training per person|pcs|390.00",
		"Support plan, small|month|49.00", "Support plan, medium|month|149.00", "Support plan, large|month|449.00", "On-call service|month|890.00", "Travel expenses|km|0.42",
		"Laptop rental|month|83.50", "Monitor rental|month|21.90", "Docking station|pcs|189.00", "Keyboard|pcs|79.90", "Mouse|pcs|39.90",
		"Headset|pcs|129.00", "Server rack, installation|pcs|2350.00", "Network cable Cat 7|m|1.85", "Backup storage|TB|18.40", "Cloud hosting|month|64.00",
		"Website maintenance|month|220.00", "Interface development|h|142.00", "Data migration|h|138.00", "Security audit|pcs|3900.00", "Penetration test|pcs|5200.00",
		"Technical manual, printed|pcs|34.50", "Specialist book|pcs|49.80", "Catering per person|pcs|18.50", "Room hire|day|310.00", "Licence, one user|year|96.00",
		"Licence, company|year|4800.00", "Spare part set|pcs|67.35", "Calibration|pcs|145.00", "Maintenance contract|month|175.00", "Delivery|pcs|12.90",
	} {
		part := strings.Split(text, "|")
		rate := d.rates[0]
		if len(d.rates) > 1 && (part[0] == "Specialist book" || part[0] == "Technical manual, printed" || strings.HasPrefix(part[0], "Catering")) {
			rate = d.rates[1]
		}
		d.items = append(d.items, invoice.Item{
			ID: invoice.ItemID(demoID(r, at)), Version: 1, Code: fmt.Sprintf("IT-%03d", i+1), Name: part[0], Unit: part[1], UnitPrice: money.MustParse(part[2]),
			Currency: d.seller.Currency, PriceMode: invoice.Exclusive, TaxRateID: rate.RateID,
		})
	}
}
