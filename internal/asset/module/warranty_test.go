package module_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"erp/internal/platform/admin"
)

func TestWarrantiesEndingAreToldOnce(t *testing.T) {
	h := newHouse(t)
	laptops := h.category("Laptops", "LT")
	tell := func() []admin.Notice {
		t.Helper()
		require.NoError(t, h.module.TellOfWarranties(t.Context()))
		rows, err := h.db.Pool().Query(t.Context(), `SELECT payload FROM event_log WHERE name = 'admin.notice.v1' ORDER BY seq`)
		require.NoError(t, err)
		defer rows.Close()
		var out []admin.Notice
		for rows.Next() {
			var raw []byte
			require.NoError(t, rows.Scan(&raw))
			var n admin.Notice
			require.NoError(t, json.Unmarshal(raw, &n))
			out = append(out, n)
		}
		return out
	}
	h.asset(laptops, "No warranty")
	h.asset(laptops, "Far away", m{"warrantyUntil": "2026-12-26"})
	h.asset(laptops, "Over", m{"warrantyUntil": "2026-11-24"})
	require.Empty(t, tell())

	soon := h.asset(laptops, "Soon", m{"warrantyUntil": "2026-12-25"})
	got := tell()
	require.Len(t, got, 1)
	require.Equal(t, "asset:register", got[0].Permission)
	require.Equal(t, map[string]string{"count": "1", "tag": soon.Tag, "asset": "Soon", "on": "2026-12-25"}, got[0].Facts)
	require.Equal(t, "/assets/"+soon.ID.String(), got[0].Href)
	require.Len(t, tell(), 1, "once is enough")

	h.clock.set(h.clock.now().AddDate(0, 0, 5))
	h.asset(laptops, "Also soon", m{"warrantyUntil": "2026-12-20"})
	got = tell()
	require.Len(t, got, 2)
	require.Equal(t, "2", got[1].Facts["count"], "what is found together is one notice")
	require.Equal(t, "2026-12-20", got[1].Facts["on"])
	require.Equal(t, "/assets?warrantyUntil=2026-12-30", got[1].Href)
}
