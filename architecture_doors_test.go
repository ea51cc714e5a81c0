package erp_test

import (
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// doors gives every library the only places that know it. A library without a row is refused: a new one is a decision.
// A place is a room, or platform/NAME, or kernel/NAME; "tests" are the test files of any room.
var doors = map[string][]string{
	"github.com/gin-gonic/gin":      {"platform/httpapi"},
	"github.com/danielgtaylor/huma": {"platform/httpapi"},
	"gorm.io":                       {"platform/database", "platform/rbac", "store"},
	"github.com/jackc/pgx": {"platform/database", "platform/migrate", "platform/jobs", "platform/events", "platform/embeddedpg",
		"platform/audit", "platform/auth", "platform/bulk", "platform/rbac", "platform/saga", "platform/telemetry", "platform/backup", "platform/pgtest",
		"store",
		"bench"},
	"github.com/casbin/casbin":      {"platform/rbac"},
	"github.com/spf13/viper":        {"platform/config"},
	"github.com/spf13/cobra":        {"program"},
	"github.com/golang-migrate":     {"platform/migrate"},
	"github.com/riverqueue/river":   {"platform/jobs", "platform/migrate"},
	"codeberg.org/go-pdf/fpdf":      {"platform/pdf"},
	"rsc.io/qr":                     {"platform/pdf", "platform/auth"},
	"github.com/pquerna/otp":        {"platform/auth", "tests"},
	"github.com/boombuler/barcode":  {"platform/pdf"},
	"github.com/shopspring/decimal": {"kernel/money"},
	// An id of a record whose type belongs to a module is a plain uuid to a mechanism.
	"github.com/google/uuid":           {"kernel/id", "platform/rbac", "platform/auth", "platform/audit", "platform/broker", "platform/events", "platform/rpc", "platform/pgtest", "store"},
	"github.com/wneessen/go-mail":      {"platform/notify"},
	"github.com/failsafe-go":           {"platform/resilience"},
	"connectrpc.com/connect":           {"platform/rpc", "wire"},
	"google.golang.org/protobuf":       {"platform/rpc", "trial/rpc", "wire", "tests"},
	"github.com/nats-io/nats.go":       {"platform/broker"},
	"github.com/nats-io/nats-server":   {"trial/broker"}, // in tests only; TestTheProgramLinksNoBroker looks
	"github.com/golang-jwt/jwt":        {"platform/auth"},
	"go.opentelemetry.io":              {"platform/telemetry", "tests"},
	"github.com/prometheus":            {"platform/telemetry"},
	"github.com/graph-gophers":         {"gateway"},
	"github.com/coreos/go-oidc":        {"platform/auth", "tests"},
	"github.com/go-webauthn/webauthn":  {"platform/auth"},
	"golang.org/x/oauth2":              {"platform/auth"},
	"golang.org/x/crypto":              {"platform/auth"},
	"golang.org/x/sync":                {"platform/audit", "platform/database", "platform/resilience", "app", "gateway", "program", "bench"},
	"golang.org/x/sys":                 {"platform/embeddedpg"},
	"golang.org/x/text":                {"platform/csvfile", "platform/database", "platform/pdf", "platform/auth", "domain"},
	"golang.org/x/time":                {"platform/httpapi", "platform/auth"},
	"github.com/stretchr/testify":      {"tests", "fake", "trial", "platform/pgtest"},
	"pgregory.net/rapid":               {"tests"},
	"github.com/gabriel-vasile":        {"platform/httpapi"},
	"github.com/go-viper/mapstructure": {"platform/config"},
}

// kept names the parts of the standard library that would let a room do what the room is not for.
var kept = map[string][]string{
	"contract": {"net/http", "database/sql", "os", "log/slog"},
	"domain":   {"net/http", "database/sql", "os", "log/slog", "context"},
	"store":    {"net/http", "os", "log/slog"},
	"app":      {"net/http", "database/sql", "os", "log/slog"},
	"peers":    {"net/http", "database/sql", "os"},
	"rest":     {"database/sql", "os", "log/slog"},
	"gateway":  {"database/sql", "os"},
}

// exceptions are the imports that the table above would refuse, each with its reason.
var exceptions = map[string]string{
	"internal/platform/admin/internal/app net/http": "signing in is about the cookie, wherever it is called from",
	"internal/platform/admin/internal/app log/slog": "sample data that fails after the set-up is told nowhere else",
}

// doorRefusal tells why a file of the folder may not import the library; nil when it may.
func doorRefusal(folder, library string, inTest bool) error {
	at, err := placeOf(folder)
	if err != nil {
		return err
	}
	if !strings.Contains(strings.Split(library, "/")[0], ".") {
		if !inTest && slices.Contains(kept[at.room], library) && exceptions[folder+" "+library] == "" {
			return fmt.Errorf("%s (%s) may not import %s", folder, at.room, library)
		}
		return nil
	}
	for prefix, places := range doors {
		if library != prefix && !strings.HasPrefix(library, prefix+"/") {
			continue
		}
		if slices.Contains(places, at.room) || slices.Contains(places, at.room+"/"+at.owner) ||
			inTest && slices.Contains(places, "tests") {
			return nil
		}
		return fmt.Errorf("%s may not import %s: only %s may", folder, library, strings.Join(places, ", "))
	}
	return fmt.Errorf("%s imports %s, a library with no door", folder, library)
}

// The server that tests run inside themselves must not come along with the program.
func TestTheProgramLinksNoBroker(t *testing.T) {
	t.Parallel()
	linked, err := exec.Command("go", "list", "-deps", "./cmd/erp").Output()
	require.NoError(t, err)
	require.Contains(t, string(linked), "nats-io/nats.go")
	require.NotContains(t, string(linked), "nats-server")
}

func TestEveryLibraryComesThroughItsDoor(t *testing.T) {
	t.Parallel()
	for _, file := range sources(t) {
		for _, imported := range file.imports {
			if !strings.HasPrefix(imported, modulePath+"/") {
				assert.NoError(t, doorRefusal(file.folder, imported, file.test), file.path)
			}
		}
	}
}
