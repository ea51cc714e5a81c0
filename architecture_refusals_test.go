package erp_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The table above is worth nothing if it lets everything through, so it is shown imports that nobody has written.
func TestTheTableRefusesWrongImports(t *testing.T) {
	t.Parallel()
	for name, wrong := range map[string]struct {
		from, to string
		inTest   bool
	}{
		"an upstream contract learns of a downstream one":       {from: "internal/employee", to: "internal/asset"},
		"a contract uses a mechanism":                           {from: "internal/asset", to: "internal/platform/database"},
		"a contract looks into its inside":                      {from: "internal/asset", to: "internal/asset/internal/domain"},
		"the domain reaches the store":                          {from: "internal/asset/internal/domain", to: "internal/asset/internal/store"},
		"the domain asks the database":                          {from: "internal/asset/internal/domain", to: "internal/platform/database"},
		"the store calls a use case":                            {from: "internal/asset/internal/store", to: "internal/asset/internal/app"},
		"the store publishes":                                   {from: "internal/asset/internal/store", to: "internal/platform/events"},
		"a use case knows HTTP":                                 {from: "internal/asset/internal/app", to: "internal/platform/httpapi"},
		"a use case calls its own rest":                         {from: "internal/asset/internal/app", to: "internal/asset/internal/rest"},
		"a use case reaches another module's inside":            {from: "internal/asset/internal/app", to: "internal/employee/internal/app"},
		"a use case opens another module's door":                {from: "internal/asset/internal/app", to: "internal/employee/module"},
		"rest reaches the store past the use case":              {from: "internal/invoice/internal/rest", to: "internal/invoice/internal/store"},
		"rest reaches the domain past the use case":             {from: "internal/invoice/internal/rest", to: "internal/invoice/internal/domain"},
		"peers keep a table":                                    {from: "internal/asset/internal/peers", to: "internal/platform/database"},
		"a door opens another door":                             {from: "internal/invoice/module", to: "internal/asset/module"},
		"a door leans on a test database":                       {from: "internal/asset/module", to: "internal/platform/pgtest"},
		"a test looks into the room next door":                  {from: "internal/asset/module", to: "internal/employee/internal/domain", inTest: true},
		"a test of the rules needs Postgres":                    {from: "internal/asset/internal/domain", to: "internal/platform/pgtest", inTest: true},
		"a mechanism knows a module":                            {from: "internal/platform/events", to: "internal/asset"},
		"a mechanism knows the console":                         {from: "internal/platform/auth", to: "internal/platform/admin"},
		"a mechanism reads the migrations":                      {from: "internal/platform/jobs", to: "migrations"},
		"the kernel uses a mechanism":                           {from: "internal/platform/money", to: "internal/platform/database"},
		"the console learns of a module that is downstream":     {from: "internal/platform/admin", to: "internal/asset"},
		"a composed screen asks the database":                   {from: "web/gateway", to: "internal/platform/database"},
		"a composed screen opens a door":                        {from: "web/gateway", to: "internal/asset/module"},
		"the program reaches an inside":                         {from: "cmd/erp", to: "internal/asset/internal/app"},
		"product code uses a fake":                              {from: "cmd/erp", to: "internal/employee/employeetest"},
		"product code leans on a mechanism's trial":             {from: "internal/asset/module", to: "internal/platform/notify/notifytest"},
		"a folder for everything":                               {from: "cmd/erp", to: "internal/utils"},
		"a folder for everything inside a module":               {from: "internal/asset/module", to: "internal/asset/internal/helpers"},
		"a mechanism that nobody decided on":                    {from: "cmd/erp", to: "internal/platform/common"},
		"a second program":                                      {from: "cmd/other", to: "internal/asset"},
		"a room below a room":                                   {from: "internal/asset/internal/app/import", to: "internal/asset"},
		"a room of the kernel below the kernel":                 {from: "internal/platform/money/rates", to: "internal/platform/id"},
		"the benchmark knows the program it is compared with":   {from: "bench", to: "internal/asset"},
		"a module's inside knows the wire":                      {from: "internal/asset/internal/peers", to: "internal/employee/remote"},
		"the wire of another module":                            {from: "internal/asset/remote", to: "internal/employee/remote/employeewire"},
		"the far side of a contract knows how the module works": {from: "internal/asset/remote", to: "internal/asset/internal/app"},
	} {
		assert.Error(t, refusal(wrong.from, wrong.to, wrong.inTest), name)
	}
}

func TestTheTableAllowsTheArrowsOfThePlan(t *testing.T) {
	t.Parallel()
	for name, right := range map[string]struct {
		from, to string
		inTest   bool
	}{
		"a contract names an upstream id":               {from: "internal/asset", to: "internal/employee"},
		"the domain uses money":                         {from: "internal/invoice/internal/domain", to: "internal/platform/money"},
		"a use case loads, decides and saves":           {from: "internal/asset/internal/app", to: "internal/asset/internal/store"},
		"a use case publishes":                          {from: "internal/asset/internal/app", to: "internal/platform/events"},
		"peers ask an upstream contract":                {from: "internal/asset/internal/peers", to: "internal/employee"},
		"rest registers an operation":                   {from: "internal/asset/internal/rest", to: "internal/platform/httpapi"},
		"the console is a module like the others":       {from: "internal/platform/admin/internal/app", to: "internal/platform/admin/internal/store"},
		"the console knows employees":                   {from: "internal/platform/admin", to: "internal/employee"},
		"a test of a door gets a fake of a peer":        {from: "internal/asset/module", to: "internal/employee/employeetest", inTest: true},
		"a composed screen asks every contract":         {from: "web/gateway", to: "internal/invoice"},
		"the program opens doors":                       {from: "cmd/erp", to: "internal/invoice/module"},
		"migrations are applied by their own mechanism": {from: "internal/platform/migrate", to: "migrations"},
	} {
		assert.NoError(t, refusal(right.from, right.to, right.inTest), name)
	}
}

func TestTheDoorsRefuseWrongLibraries(t *testing.T) {
	t.Parallel()
	for name, wrong := range map[string]struct{ from, library string }{
		"gin in a module":                  {"internal/asset/internal/rest", "github.com/gin-gonic/gin"},
		"huma in a module":                 {"internal/asset/internal/rest", "github.com/danielgtaylor/huma/v2"},
		"gorm in a use case":               {"internal/asset/internal/app", "gorm.io/gorm"},
		"gorm in a contract":               {"internal/asset", "gorm.io/gorm"},
		"casbin outside the access rules":  {"internal/platform/auth", "github.com/casbin/casbin/v3"},
		"viper in the program":             {"cmd/erp", "github.com/spf13/viper"},
		"a decimal that is not ours":       {"internal/invoice/internal/domain", "github.com/shopspring/decimal"},
		"river in a use case":              {"internal/invoice/internal/app", "github.com/riverqueue/river"},
		"GraphQL in a module":              {"internal/asset/internal/rest", "github.com/graph-gophers/graphql-go"},
		"testify in product code":          {"internal/platform/database", "github.com/stretchr/testify/require"},
		"HTTP in the domain":               {"internal/asset/internal/domain", "net/http"},
		"SQL in a contract":                {"internal/asset", "database/sql"},
		"files in the domain":              {"internal/asset/internal/domain", "os"},
		"the wire in a use case":           {"internal/asset/internal/app", "connectrpc.com/connect"},
		"a library that nobody decided on": {"internal/asset/internal/app", "github.com/samber/lo"},
	} {
		require.Error(t, doorRefusal(wrong.from, wrong.library, false), name)
	}
	require.NoError(t, doorRefusal("internal/asset/internal/store", "gorm.io/gorm/clause", false))
	require.NoError(t, doorRefusal("internal/asset/module", "github.com/stretchr/testify/require", true))
}
