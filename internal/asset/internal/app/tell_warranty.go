package app

import (
	"context"
	"strconv"

	"erp/internal/asset/internal/store"
	"erp/internal/platform/admin"
	"erp/internal/platform/database"
	"erp/internal/platform/events"
)

const mostWarranties = 1_000

// TellOfWarranties tells who may edit assets which warranties end soon: each once, those found together in one notice.
func (a *App) TellOfWarranties(ctx context.Context) error {
	today, err := a.Company.Today(ctx)
	if err != nil {
		return err
	}
	return a.DB.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		found, err := store.WarrantiesEnding(ctx, tx, today, today.AddDays(warrantyAhead), mostWarranties)
		if err != nil || len(found) == 0 {
			return err
		}
		for _, w := range found {
			if err := events.Publish(tx, w.AssetID.String(), w); err != nil {
				return err
			}
		}
		first := found[0]
		notice := admin.Notice{
			Kind: "warranty-ending", About: first.AssetID.String() + " " + first.WarrantyUntil.String(), Href: "/assets/" + first.AssetID.String(), Permission: CanRegister.Code,
			Facts: map[string]string{"count": strconv.Itoa(len(found)), "tag": first.Tag, "asset": first.Name, "on": first.WarrantyUntil.String()},
		}
		if len(found) > 1 {
			notice.Href = "/assets?warrantyUntil=" + today.AddDays(warrantyAhead).String()
		}
		return events.Publish(tx, first.AssetID.String(), notice)
	})
}
