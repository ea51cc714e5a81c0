package app

import (
	"errors"
	"io"
	"strings"

	"erp/internal/asset"
	"erp/internal/asset/internal/domain"
	"erp/internal/platform/csvfile"
	"erp/internal/platform/fault"
	"erp/internal/platform/money"
)

// exportColumns are those of an export; an import understands all of them, in English and in German.
var exportColumns = []string{
	"tag", "name", "category", "serial", "model", "supplier", "location", "purchasedOn", "cost", "currency", "warrantyUntil",
	"method", "convention", "lifeMonths", "salvage", "inServiceOn", "notes", "status", "holder",
}

var importColumns = []csvfile.Column{
	{Name: "tag", Aliases: []string{"Asset tag", "Inventarnummer", "Etikett", "Nummer"}},
	{Name: "name", Aliases: []string{"Asset", "Asset name", "Bezeichnung", "Gegenstand"}, Required: true},
	{Name: "category", Aliases: []string{"Kategorie"}, Required: true},
	{Name: "serial", Aliases: []string{"Serial number", "S/N", "Seriennummer"}},
	{Name: "model", Aliases: []string{"Modell"}},
	{Name: "supplier", Aliases: []string{"Vendor", "Lieferant"}},
	{Name: "location", Aliases: []string{"Place", "Standort", "Ort"}},
	{Name: "purchasedOn", Aliases: []string{"Purchased", "Purchase date", "Kaufdatum", "Gekauft am", "Anschaffungsdatum"}},
	{Name: "cost", Aliases: []string{"Price", "Purchase cost", "Purchase price", "Kosten", "Preis", "Anschaffungskosten"}},
	{Name: "currency", Aliases: []string{"Währung"}},
	{Name: "warrantyUntil", Aliases: []string{"Warranty", "Warranty end", "Garantie bis", "Garantie"}},
	{Name: "method", Aliases: []string{"Depreciation", "Methode", "Abschreibung"}},
	{Name: "convention", Aliases: []string{"Konvention"}},
	{Name: "lifeMonths", Aliases: []string{"Life", "Nutzungsdauer", "Nutzungsdauer Monate"}},
	{Name: "salvage", Aliases: []string{"Residual value", "Restwert"}},
	{Name: "inServiceOn", Aliases: []string{"In service", "In service date", "In Betrieb seit"}},
	{Name: "notes", Aliases: []string{"Note", "Notizen", "Bemerkung"}},
	{Name: "status", Aliases: []string{"Zustand"}},
	{Name: "holder", Aliases: []string{"Assigned to", "Inhaber"}},
}

// ignoredColumns stand in exports, and custody cannot be imported: it is handed over, so that its history is true.
var ignoredColumns = []string{"status", "holder"}

// candidate is a row of a file on its way into the register.
type candidate struct {
	row      int
	category string
	location string
	domain.Details
	salvageGiven bool
	asset        domain.Asset
}

// readCandidates takes the file apart; what cells say wrongly goes into problems.
func readCandidates(r io.Reader, problems *csvfile.Problems) (list []candidate, ignored []string, err error) {
	limits := csvfile.Usual()
	limits.Rows = MostRows
	sheet, err := csvfile.Read(r, limits, importColumns)
	if err != nil {
		return nil, nil, err
	}
	list = make([]candidate, 0, len(sheet.Rows))
	for _, row := range sheet.Rows {
		list = append(list, readCandidate(row, problems))
	}
	if len(sheet.Rows) > 0 {
		for _, column := range ignoredColumns {
			if sheet.Rows[0].Has(column) {
				ignored = append(ignored, column)
			}
		}
	}
	return list, ignored, nil
}

func readCandidate(row csvfile.Row, p *csvfile.Problems) candidate {
	c := candidate{row: row.Number, category: row.String(p, "category", 100, true), location: row.String(p, "location", 1000, false)}
	c.Tag = row.String(p, "tag", 40, false)
	c.Name = row.String(p, "name", 200, true)
	c.Serial = row.String(p, "serial", 100, false)
	c.Model = row.String(p, "model", 100, false)
	c.Supplier = row.String(p, "supplier", 200, false)
	c.Notes = row.String(p, "notes", 4000, false)
	c.PurchasedOn = row.Date(p, "purchasedOn")
	c.Cost, _ = row.Decimal(p, "cost")
	c.Currency = money.Currency(strings.ToUpper(row.Text("currency")))
	c.WarrantyUntil = row.Date(p, "warrantyUntil")
	c.Method = asset.Method(row.OneOf(p, "method", string(asset.NoDepreciation), string(asset.StraightLine), string(asset.DecliningBalance), string(asset.SumOfYears)))
	c.Convention = asset.Convention(row.OneOf(p, "convention", string(asset.FullMonth), string(asset.FollowingMonth), string(asset.MidMonth), string(asset.ActualDays)))
	c.LifeMonths, _ = row.Int(p, "lifeMonths", 0, domain.LongestLife)
	c.Salvage, c.salvageGiven = row.Decimal(p, "salvage")
	c.InServiceOn = row.Date(p, "inServiceOn")
	return c
}

// blame turns what the rules say of a row into problems of its cells.
func blame(p *csvfile.Problems, row int, err error) {
	refusal, ok := errors.AsType[*fault.Error](err)
	if !ok || len(refusal.Fields) == 0 {
		p.Add(row, "", "%s", err.Error())
		return
	}
	for _, field := range refusal.Fields {
		column := strings.TrimPrefix(field.Location, "body.")
		switch column {
		case "categoryId":
			column = "category"
		case "locationId":
			column = "location"
		}
		if !p.Blames(row, column) {
			p.Add(row, column, "%s", field.Message)
		}
	}
}

// blameTwice tells which tags stand in the file more than once.
func blameTwice(p *csvfile.Problems, list []candidate) {
	first := map[string]int{}
	for _, c := range list {
		if c.Tag == "" {
			continue
		}
		tag := strings.ToLower(c.Tag)
		if row, twice := first[tag]; twice {
			p.Add(c.row, "tag", "%s stands in row %d already", c.Tag, row)
			continue
		}
		first[tag] = c.row
	}
}
