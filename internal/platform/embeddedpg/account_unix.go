//go:build unix

package embeddedpg

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"syscall"
)

// account is the user that the server runs as.
type account struct {
	name     string
	uid, gid int
	groups   []int
	switched bool // the program is root and the server must not be
}

// serverAccount is the program's own user. For root, which Postgres refuses, it is the one that ERP_PG_USER names, or the
// first that exists of erp, postgres and nobody.
func serverAccount() (account, error) {
	if uid := os.Geteuid(); uid != 0 {
		u, err := user.LookupId(strconv.Itoa(uid))
		if err != nil {
			return account{}, fmt.Errorf("the program runs as user number %d, which has no entry in /etc/passwd, and Postgres "+
				"refuses to run as such a user; run the program as a named user, or set ERP_DATABASE_URL", uid)
		}
		return accountOf(u)
	}
	names := []string{"erp", "postgres", "nobody"}
	if wanted := os.Getenv("ERP_PG_USER"); wanted != "" {
		names = []string{wanted}
	}
	for _, name := range names {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		a, err := accountOf(u)
		if err == nil && a.uid == 0 {
			return account{}, fmt.Errorf("Postgres refuses to run as root, and %s is root; name another user in ERP_PG_USER", name)
		}
		a.switched = true
		return a, err
	}
	return account{}, fmt.Errorf("Postgres refuses to run as root, and none of the users %v exists; create one, for instance "+
		"with \"useradd --system erp\", or name one in ERP_PG_USER", names)
}

func accountOf(u *user.User) (account, error) {
	uid, err := strconv.Atoi(u.Uid)
	if err != nil {
		return account{}, fmt.Errorf("user %s: %w", u.Username, err)
	}
	gid, err := strconv.Atoi(u.Gid)
	if err != nil {
		return account{}, fmt.Errorf("user %s: %w", u.Username, err)
	}
	return account{name: u.Username, uid: uid, gid: gid, groups: []int{gid}}, nil
}

// cannotReach says whether the account is kept out of a folder by one of the folders above it. Where the data folder
// cannot be handed over as an open descriptor either, that is an error which names the folder in the way.
func (a account) cannotReach(folder string) (bool, error) {
	if !a.switched {
		return false, nil
	}
	for at := folder; ; at = filepath.Dir(at) {
		info, err := os.Stat(at)
		if err != nil {
			return false, fmt.Errorf("data folder: %w", err)
		}
		if !a.mayEnter(info) {
			if runtime.GOOS == "linux" {
				return true, nil
			}
			return true, fmt.Errorf("Postgres runs as user %s, which may not enter %s (%s), so that it cannot reach its data "+
				"in %s; choose another folder with ERP_DATA_DIR, or allow it with \"chmod o+x %s\"", a.name, at, info.Mode(), folder, at)
		}
		if at == filepath.Dir(at) {
			return false, nil
		}
	}
}

func (a account) mayEnter(info fs.FileInfo) bool {
	owner, ok := info.Sys().(*syscall.Stat_t)
	mode := info.Mode().Perm()
	switch {
	case !ok:
		return true
	case int(owner.Uid) == a.uid:
		return mode&0o100 != 0
	case slices.Contains(a.groups, int(owner.Gid)):
		return mode&0o010 != 0
	default:
		return mode&0o001 != 0
	}
}

// mayHave says whether a file belongs to the account or to the program.
func (a account) mayHave(info fs.FileInfo) bool {
	owner, ok := info.Sys().(*syscall.Stat_t)
	return ok && (int(owner.Uid) == a.uid || int(owner.Uid) == os.Geteuid())
}

// own gives a folder and all in it to the account, when the program runs as root. Links are not followed.
func (a account) own(path string) error {
	if !a.switched {
		return nil
	}
	return filepath.WalkDir(path, func(at string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		if owner, ok := info.Sys().(*syscall.Stat_t); ok && int(owner.Uid) == a.uid {
			return nil
		}
		return os.Lchown(at, a.uid, a.gid)
	})
}

// syncFolder makes a rename in a folder last.
func syncFolder(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
