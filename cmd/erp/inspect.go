package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"erp/internal/platform/audit"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
	"erp/internal/platform/resilience"
	"erp/internal/platform/scanner"
)

// inspect has every file that people send looked at by the operator's malware scanner; nil without one. What was found is
// written down in the trail of the module that it was sent to, and goes no further.
func (h *house) inspect() (func(ctx context.Context, db *database.DB, operation string, content []byte) error, error) {
	if h.cfg.Scanner == "" {
		return nil, nil //nolint:nilnil // because nothing is to be looked at
	}
	s, err := scanner.New(h.cfg.Scanner)
	if err != nil {
		return nil, fmt.Errorf("ERP_SCANNER %w", err)
	}
	h.watch("uploads", []*resilience.Peer{s.Peer()})
	return func(ctx context.Context, db *database.DB, operation string, content []byte) error {
		found, err := s.Scan(ctx, content)
		if err != nil || found == "" {
			return err
		}
		if err := db.Tx(ctx, func(_ context.Context, tx *database.Tx) error {
			sum := sha256.Sum256(content)
			return audit.Record(tx, audit.Entry{Action: "upload.refuse", Subject: "upload", SubjectID: operation, Label: found,
				After: map[string]any{"found": found, "bytes": len(content), "sha256": hex.EncodeToString(sum[:])}})
		}); err != nil {
			return err
		}
		return fault.New(fault.Invalid, "malware-found", "The file was refused, because it holds malware: %s.", found).At("body", "holds malware ("+found+")")
	}, nil
}
