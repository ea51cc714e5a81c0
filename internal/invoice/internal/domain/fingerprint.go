package domain

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"erp/internal/invoice"
)

// Fingerprint is a hash over everything that an issued document says. It stands in the
// audit entry of the issue, which the audit trail seals into its chain: a document that was
// changed behind the program's back no longer has the fingerprint that was sealed. What is
// hashed must not change shape; a new shape takes a new prefix.
func Fingerprint(inv *Invoice) (string, error) {
	raw, err := json.Marshal(struct {
		Kind     invoice.Kind       `json:"kind"`
		CreditOf *invoice.Reference `json:"creditOf,omitempty"`
		Content  Content            `json:"content"`
		Issue    *Issued            `json:"issue"`
	}{inv.Kind, inv.CreditOf, inv.Content, inv.Issue})
	if err != nil {
		return "", fmt.Errorf("fingerprint: %w", err)
	}
	sum := sha256.Sum256(raw)
	return "v1:" + hex.EncodeToString(sum[:]), nil
}
