package gateway

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/graph-gophers/graphql-go"

	"erp/internal/asset"
	"erp/internal/platform/id"
	"erp/internal/platform/page"
)

type byIDArgs struct{ ID graphql.ID }

type findArgs struct {
	IDs    *[]graphql.ID
	Search *string
	firstOf
}

// firstOf is the argument of fields that lead to many records.
type firstOf struct{ First *int32 }

// most is how many records are asked for; a null, such as a variable without a value, counts as not given.
func (f firstOf) most() int {
	if f.First == nil {
		return defaultFirst
	}
	return int(*f.First)
}

func (f firstOf) check() error {
	if f.most() < 1 || f.most() > maxFirst {
		return invalidArgument("first", "must be between 1 and %d", maxFirst)
	}
	return nil
}

type assetsArgs struct {
	Search, Sort, After              *string
	Status                           *[]string
	CategoryID, LocationID, HolderID *graphql.ID
	firstOf
}

// query is the question to the register.
func (args assetsArgs) query() (asset.Query, error) {
	query := asset.Query{Request: page.Request{Limit: args.most()}, Q: words(args.Search), Sort: words(args.Sort)}
	if args.After != nil {
		query.Cursor = *args.After
	}
	states := []asset.Status{asset.StatusAvailable, asset.StatusReserved, asset.StatusAssigned, asset.StatusInRepair, asset.StatusLost, asset.StatusRetired}
	if args.Status != nil {
		for _, status := range *args.Status {
			if !slices.Contains(states, asset.Status(status)) {
				return query, invalidArgument("status", "must be one of available, reserved, assigned, in-repair, lost and retired")
			}
			query.Status = append(query.Status, asset.Status(status))
		}
	}
	return query, firstError(
		readID("categoryId", args.CategoryID, &query.CategoryID), readID("locationId", args.LocationID, &query.LocationID),
		readID("holderId", args.HolderID, &query.HolderID), args.check(),
		checkText("search", query.Q, 200), checkText("sort", query.Sort, 50), checkText("after", query.Cursor, 1000))
}

func parseID[T any](name string, text graphql.ID) (id.Of[T], error) {
	which, err := id.Parse[T](string(text))
	if err != nil || which.IsZero() {
		return which, invalidArgument(name, "must be a UUID")
	}
	return which, nil
}

func readID[T any](name string, given *graphql.ID, into *id.Of[T]) error {
	if given == nil {
		return nil
	}
	var err error
	*into, err = parseID[T](name, *given)
	return err
}

// checkFind reads the arguments of a field that finds records by ids or by words, and tells how many it could find.
func checkFind[T any](args findArgs) ([]id.Of[T], int, error) {
	if args.IDs == nil {
		if err := checkText("search", words(args.Search), 200); err != nil {
			return nil, 0, err
		}
		return nil, args.most(), args.check()
	}
	if args.Search != nil {
		return nil, 0, invalidArgument("search", "and ids exclude each other")
	}
	if len(*args.IDs) > maxFirst {
		return nil, 0, invalidArgument("ids", "must be at most %d", maxFirst)
	}
	ids := make([]id.Of[T], len(*args.IDs))
	for i, text := range *args.IDs {
		var err error
		if ids[i], err = parseID[T]("ids", text); err != nil {
			return nil, 0, err
		}
	}
	return ids, len(ids), nil
}

func words(text *string) string {
	if text == nil {
		return ""
	}
	return strings.TrimSpace(*text)
}

func checkText(name, text string, most int) error {
	switch {
	case strings.ContainsRune(text, 0) || !utf8.ValidString(text):
		return invalidArgument(name, "must not contain NUL characters")
	case utf8.RuneCountInString(text) > most:
		return invalidArgument(name, "must have at most %d characters", most)
	}
	return nil
}
