package asset

import (
	"erp/internal/platform/date"
	"erp/internal/platform/money"
)

// Depreciation is what an asset is worth on a day, and the whole plan that leads there.
type Depreciation struct {
	AssetID     ID                `json:"assetId"`
	AsOf        date.Date         `json:"asOf"`
	Status      BookStatus        `json:"status" enum:"draft,in-service,fully-depreciated,disposed"`
	Currency    money.Currency    `json:"currency"`
	Cost        money.Decimal     `json:"cost"`
	Salvage     money.Decimal     `json:"salvage"`
	Accumulated money.Decimal     `json:"accumulated" doc:"Charged up to the day"`
	Value       money.Decimal     `json:"value" doc:"Net book value on the day: cost less what was charged, 0 once it is out of the books"`
	Method      Method            `json:"method" enum:"none,straight-line,declining-balance,sum-of-years-digits"`
	Convention  Convention        `json:"convention" enum:"full-month,following-month,mid-month,actual-days"`
	LifeMonths  int               `json:"lifeMonths"`
	Rows        []DepreciationRow `json:"rows"`
}

// DepreciationRow is the charge of one month and how it came about. It counts from its last day on.
type DepreciationRow struct {
	Number      int           `json:"number"`
	From        date.Date     `json:"from"`
	To          date.Date     `json:"to"`
	Amount      money.Decimal `json:"amount"`
	Accumulated money.Decimal `json:"accumulated"`
	Value       money.Decimal `json:"value" doc:"Net book value after the charge"`
	Formula     string        `json:"formula" doc:"The calculation with its numbers" example:"(1200.00 - 0.00) / 36"`
	Exact       money.Decimal `json:"exact" doc:"What the formula gives before rounding, to eight decimals"`
	Rounding    money.Decimal `json:"rounding" doc:"Amount less exact"`
	Rule        Rule          `json:"rule" enum:"rounded,capped,remainder"`
	Days        int           `json:"days" doc:"Days of the month that belong to the life"`
	Done        bool          `json:"done" doc:"The month has passed on the day asked for"`
}

// Rule is what turned a row's exact amount into its charge.
type Rule string

// The rules.
const (
	RuleRounded   Rule = "rounded"   // half away from zero, to the currency's digits
	RuleCapped    Rule = "capped"    // no more than what is left above the salvage
	RuleRemainder Rule = "remainder" // the last row takes what is left
)
