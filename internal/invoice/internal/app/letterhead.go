package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"erp/internal/invoice"
	"erp/internal/invoice/internal/domain"
	"erp/internal/invoice/internal/peers"
	"erp/internal/platform/database"
)

// letterhead is what a document that is issued now will always be printed with.
func letterhead(s peers.Seller) *domain.Letterhead {
	head := &domain.Letterhead{Language: s.Language, Bank: s.Bank, Website: s.Website}
	if len(s.Logo) > 0 {
		sum := sha256.Sum256(s.Logo)
		head.Logo = hex.EncodeToString(sum[:])
	}
	return head
}

// keepLogo writes the picture of a letterhead unless it is known to be there; logoKept
// comes after the COMMIT.
func (a *App) keepLogo(tx *database.Tx, s peers.Seller, head *domain.Letterhead) {
	if kept := a.logo.Load(); head.Logo != "" && (kept == nil || *kept != head.Logo) {
		a.logos.Keep(tx, head.Logo, s.Logo)
	}
}

func (a *App) logoKept(head *domain.Letterhead) { a.logo.Store(&head.Logo) }

// asPrinted is an issued document as it was issued, whatever happened to it since, with the
// company as it was then. What was issued before letterheads were kept gets today's.
func (a *App) asPrinted(ctx context.Context, inv *domain.Invoice, v *invoice.Invoice, seller *peers.Seller) error {
	v.Status, v.UpdatedAt, v.Paid, v.Due = invoice.Open, inv.IssuedAt, v.Paid.Sub(v.Paid), v.Totals.Payable
	head := inv.Issue.Letterhead
	if head == nil {
		return nil
	}
	seller.Language, seller.Bank, seller.Website, seller.Logo = head.Language, head.Bank, head.Website, nil
	if head.Logo == "" {
		return nil
	}
	var err error
	seller.Logo, err = a.logos.Picture(ctx, head.Logo)
	return err
}
