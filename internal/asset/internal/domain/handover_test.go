package domain_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/asset"
	"erp/internal/asset/internal/domain"
	"erp/internal/employee"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
)

var drawnUp = time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC)

func drawUp(t *testing.T) domain.Handover {
	t.Helper()
	h, err := domain.DrawUp(asset.Handover{
		HandoverSummary: asset.HandoverSummary{Kind: asset.HandoverOut, PersonID: id.New[employee.Employee](), PersonName: "Ana Novak", On: date.From(drawnUp), HandedBy: "Mia"},
		Company:         "Acme", Language: "en", Text: "Take care.", TextVersion: 3,
		Items: []asset.HandoverItem{{AssetID: id.New[asset.Asset](), Tag: "LT-1", Name: "Laptop", Condition: " as new ", Accessories: "charger"}},
	}, drawnUp)
	require.NoError(t, err)
	return h
}

func TestHandoverDocument(t *testing.T) {
	t.Parallel()
	now := drawnUp.Add(time.Hour)
	sign := func(h domain.Handover) domain.Signature {
		return domain.Signature{By: h.PersonID, Name: " Ana Novak ", Account: "ana", Address: "10.0.0.7"}
	}
	deeds := map[string]func(h *domain.Handover) (bool, error){
		"confirmed": func(h *domain.Handover) (bool, error) { return h.Confirm(sign(*h), now) },
		"refused":   func(h *domain.Handover) (bool, error) { return h.Refuse(sign(*h), "no charger", now) },
		"on paper":  func(h *domain.Handover) (bool, error) { return h.SignOnPaper(date.Date{}, date.From(now), "Mia", now) },
		"withdrawn": func(h *domain.Handover) (bool, error) { return h.Withdraw("by mistake", "Mia", now) },
	}
	for first, decide := range deeds {
		t.Run(first+" is final, and once more is no change", func(t *testing.T) {
			t.Parallel()
			h := drawUp(t)
			changed, err := decide(&h)
			require.NoError(t, err)
			require.True(t, changed)
			require.Equal(t, now, h.DecidedAt)
			kept := h.Handover
			changed, err = decide(&h)
			require.NoError(t, err)
			require.False(t, changed)
			for other, deed := range deeds {
				if other == first || first == "on paper" && other == "confirmed" {
					continue
				}
				_, err := deed(&h)
				require.True(t, fault.Is(err, fault.Conflict), "%s after %s", other, first)
			}
			require.Equal(t, kept, h.Handover)
			require.Error(t, h.Overtake(domain.Asset{}, asset.ReasonReturned, "Mia", now))
		})
	}
	t.Run("only the person confirms or refuses", func(t *testing.T) {
		t.Parallel()
		h := drawUp(t)
		foreign := domain.Signature{By: id.New[employee.Employee](), Name: "Ben"}
		_, err := h.Confirm(foreign, now)
		require.True(t, fault.Is(err, fault.NotFound))
		_, err = h.Refuse(foreign, "why", now)
		require.True(t, fault.Is(err, fault.NotFound))
		_, err = h.Confirm(domain.Signature{}, now)
		require.True(t, fault.Is(err, fault.NotFound), "nobody's account is nobody")
	})
	t.Run("a name, a reason and a possible day are needed", func(t *testing.T) {
		t.Parallel()
		h := drawUp(t)
		_, err := h.Confirm(domain.Signature{By: h.PersonID, Name: " x "}, now)
		require.True(t, fault.Is(err, fault.Invalid))
		_, err = h.Refuse(domain.Signature{By: h.PersonID}, "  ", now)
		require.True(t, fault.Is(err, fault.Invalid))
		for _, day := range []date.Date{h.On.AddDays(-1), h.On.AddDays(1)} {
			_, err = h.SignOnPaper(day, h.On, "Mia", now)
			require.True(t, fault.Is(err, fault.Invalid))
		}
		require.Equal(t, asset.HandoverOpen, h.State)
	})
	t.Run("what is typed cannot twist the sentence it is shown in", func(t *testing.T) {
		t.Parallel()
		h := drawUp(t)
		_, err := h.Confirm(domain.Signature{By: h.PersonID, Name: "Ana \u202e Novak\n"}, now)
		require.NoError(t, err)
		require.Equal(t, "Ana Novak", h.SignedName)
		_, err = h.Refuse(domain.Signature{By: h.PersonID}, "\u2067\u200f", now)
		require.True(t, fault.Is(err, fault.Invalid), "nothing is left to read")
	})
	t.Run("whoever no longer has the asset need not confirm", func(t *testing.T) {
		t.Parallel()
		h := drawUp(t)
		require.NoError(t, h.Overtake(domain.Asset{Details: domain.Details{Tag: "LT-1"}}, asset.ReasonReturned, "Mia", now))
		require.Equal(t, "closed returned LT-1", string(h.State)+" "+string(h.Reason)+" "+h.Note)
	})
}

func TestHandoverFingerprint(t *testing.T) {
	t.Parallel()
	h := drawUp(t)
	require.Len(t, h.Fingerprint, 64)
	require.Equal(t, "as new", h.Items[0].Condition)
	require.Equal(t, "LT-1 Laptop", h.First)
	other := drawUp(t)
	require.NotEqual(t, h.Fingerprint, other.Fingerprint)
	_, err := domain.DrawUp(asset.Handover{}, drawnUp)
	require.True(t, fault.Is(err, fault.Invalid), "over nothing there is no document")
	for _, kind := range []asset.HandoverKind{asset.HandoverOut, asset.HandoverBack} {
		require.NotEqual(t, domain.FirstHandoverText(kind, "de"), domain.FirstHandoverText(kind, "en"))
		require.NotContains(t, domain.FirstHandoverText(kind, "en"), "\n")
	}
}
