package main_test

import (
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTheExampleCompanyNeedsOneCommand(t *testing.T) {
	t.Parallel()
	i := install(t)
	small := []string{"demo", "--employees", "12", "--assets", "20", "--invoices", "20"}
	out, err := i.run(small...)
	require.NoError(t, err, out)
	password := regexp.MustCompile(`Sign in as admin@example\.com with the password (\S+)`).FindStringSubmatch(out)
	require.Len(t, password, 2, out)

	again, err := i.run(small...)
	require.Error(t, err, "it is for an empty company")
	require.NotContains(t, again, "Sign in as", "and there is one now")

	i.start()
	admin := i.signIn("admin@example.com", password[1])
	home := admin.get("/api/ui/home")
	require.EqualValues(t, 12, home["people"].(object)["headcount"])
	require.NotEmpty(t, home["sales"])
	require.NotContains(t, i.log.String(), password[1])
}
