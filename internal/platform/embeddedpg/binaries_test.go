package embeddedpg

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestMatch(t *testing.T) {
	t.Parallel()
	have := []binaries{{folder: "/17", major: 17}, {folder: "/15", major: 15}}

	newest, err := match(have, 0, "/data")
	require.NoError(t, err)
	require.Equal(t, 17, newest.major, "a new folder gets the newest")

	same, err := match(have, 15, "/data")
	require.NoError(t, err)
	require.Equal(t, "/15", same.folder, "data is read by the version that wrote it")

	_, err = match(have, 16, "/data")
	require.ErrorContains(t, err, "written by Postgres 16, but only version 17, 15 is installed here")
	require.ErrorContains(t, err, installCommand("16"))

	_, err = match(nil, 0, "/data")
	require.ErrorContains(t, err, "no Postgres (version 14 or newer) is installed here")
	require.ErrorContains(t, err, installCommand(""), "it says the one command that helps")
}

func TestMajorOf(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]int{
		"postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)": 15,
		"postgres (PostgreSQL) 17beta1":                        17,
		"something else":                                       0,
	} {
		require.Equal(t, want, majorOf(said), said)
	}
}
