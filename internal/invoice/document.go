package invoice

import (
	"erp/internal/asset"
	"erp/internal/platform/money"
)

// Category is the VAT category of EN 16931 (UNCL5305).
type Category string

// The categories.
const (
	Standard          Category = "S"  // taxed at a rate above zero
	ZeroRated         Category = "Z"  // taxed at zero
	Exempt            Category = "E"  // exempt, with a reason
	ReverseCharge     Category = "AE" // the buyer owes the tax
	IntraCommunity    Category = "K"  // supply to another member state
	Export            Category = "G"  // outside the union
	OutsideScopeOfTax Category = "O"  // not subject to VAT
)

// PriceMode says whether unit prices contain the tax.
type PriceMode string

// The price modes.
const (
	Exclusive PriceMode = "exclusive"
	Inclusive PriceMode = "inclusive"
)

// TaxRounding says where tax is rounded: once per rate group (EN 16931) or on every line.
type TaxRounding string

// The rounding policies.
const (
	PerGroup TaxRounding = "group"
	PerLine  TaxRounding = "line"
)

// Tax is a tax rate as it stands on a document: a copy, so that a later change of the
// rate's name changes no document.
type Tax struct {
	RateID   TaxRateID     `json:"rateId,omitzero"`
	Name     string        `json:"name,omitempty"`
	Category Category      `json:"category" enum:"S,Z,E,AE,K,G,O"`
	Percent  money.Decimal `json:"percent"`
	Reason   string        `json:"reason,omitempty" doc:"Why no tax is charged; required for E, AE, K, G and O"`
}

// Adjustment is a discount (allowance) or a surcharge, on a line or on the document. With
// a percent the amount is computed. Amounts are in the document's price mode.
type Adjustment struct {
	Charge  bool            `json:"charge,omitempty" doc:"True for a surcharge, false for a discount"`
	Percent money.Decimal   `json:"percent,omitzero"`
	Amount  money.Decimal   `json:"amount,omitzero"`
	Reason  string          `json:"reason,omitempty"`
	Shares  []money.Decimal `json:"shares,omitempty" doc:"On the document: the net share of each tax group, in the order of taxes"`
}

// Line is one thing sold. Net and Amount are computed: Net is BT-131, Amount the same in
// the document's price mode.
type Line struct {
	ItemID       ItemID        `json:"itemId,omitzero"`
	AssetID      asset.ID      `json:"assetId,omitzero" doc:"The asset that is sold by this line"`
	Description  string        `json:"description"`
	Quantity     money.Decimal `json:"quantity"`
	Unit         string        `json:"unit,omitempty"`
	UnitPrice    money.Decimal `json:"unitPrice"`
	BaseQuantity money.Decimal `json:"baseQuantity,omitzero" doc:"The price is for this many units; 1 when absent"`
	Tax          Tax           `json:"tax"`
	Adjustments  []Adjustment  `json:"adjustments,omitempty"`
	Net          money.Decimal `json:"net"`
	Amount       money.Decimal `json:"amount"`
}

// TaxGroup is the breakdown of one category and rate (BG-23).
type TaxGroup struct {
	Category   Category      `json:"category"`
	Percent    money.Decimal `json:"percent"`
	Name       string        `json:"name,omitempty"`
	Reason     string        `json:"reason,omitempty"`
	Lines      money.Decimal `json:"lines"`
	Allowances money.Decimal `json:"allowances"`
	Charges    money.Decimal `json:"charges"`
	Taxable    money.Decimal `json:"taxable"`
	Tax        money.Decimal `json:"tax"`
}

// Totals are the sums of a document (BG-22).
type Totals struct {
	Lines      money.Decimal `json:"lines" doc:"Sum of line nets (BT-106)"`
	Allowances money.Decimal `json:"allowances" doc:"Document discounts, net (BT-107)"`
	Charges    money.Decimal `json:"charges" doc:"Document surcharges, net (BT-108)"`
	Net        money.Decimal `json:"net" doc:"Total without tax (BT-109)"`
	Tax        money.Decimal `json:"tax" doc:"Total tax (BT-110)"`
	Gross      money.Decimal `json:"gross" doc:"Total with tax (BT-112)"`
	Rounding   money.Decimal `json:"rounding" doc:"Cash rounding (BT-114)"`
	Payable    money.Decimal `json:"payable" doc:"Gross plus rounding: what the buyer is asked to pay"`
}

// Document is the money side of an invoice: what is sold, how it is taxed, and the sums,
// computed once and then only copied.
type Document struct {
	Currency     money.Currency `json:"currency"`
	PriceMode    PriceMode      `json:"priceMode"`
	TaxRounding  TaxRounding    `json:"taxRounding"`
	CashRounding money.Decimal  `json:"cashRounding,omitzero"`
	Lines        []Line         `json:"lines"`
	Adjustments  []Adjustment   `json:"adjustments,omitempty"`
	Taxes        []TaxGroup     `json:"taxes"`
	Totals       Totals         `json:"totals"`
}

// Party is a seller or buyer as frozen on an issued document.
type Party struct {
	Name       string   `json:"name"`
	LegalName  string   `json:"legalName,omitempty"`
	Address    []string `json:"address,omitempty" doc:"Address lines without the country"`
	PostalCode string   `json:"postalCode,omitempty" doc:"As it stands in the last address line"`
	City       string   `json:"city,omitempty" doc:"As it stands in the last address line"`
	Country    string   `json:"country,omitempty"`
	TaxID      string   `json:"taxId,omitempty"`
	VATID      string   `json:"vatId,omitempty"`
	Email      string   `json:"email,omitempty"`
	Phone      string   `json:"phone,omitempty"`
	IBAN       string   `json:"iban,omitempty"`
	BIC        string   `json:"bic,omitempty"`
}
