package rpctest

import (
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"

	"erp/internal/platform/rpc"
)

// Survives fails the test when a field of V, or of what it is made of, gets lost or changed on the wire.
func Survives[V any](t *testing.T, message proto.Message) {
	t.Helper()
	var sent V
	n := 0
	fill(t, reflect.ValueOf(&sent).Elem(), &n)
	packed, err := rpc.Message(sent, message)
	require.NoError(t, err)
	raw, err := proto.Marshal(packed)
	require.NoError(t, err)
	arrived := message.ProtoReflect().New().Interface()
	require.NoError(t, proto.Unmarshal(raw, arrived))
	got, err := rpc.Value[V](arrived)
	require.NoError(t, err)
	require.Equal(t, plain(t, sent), plain(t, got))
}

// plain is the value as its JSON reads: what the API would show.
func plain(t *testing.T, value any) any {
	t.Helper()
	raw, err := json.Marshal(value)
	require.NoError(t, err)
	var out any
	require.NoError(t, json.Unmarshal(raw, &out))
	return out
}

// fill gives every field a value of its own.
func fill(t *testing.T, v reflect.Value, n *int) {
	t.Helper()
	*n++
	switch v.Addr().Interface().(type) {
	case *time.Time:
		v.Set(reflect.ValueOf(time.Date(2026, 11, 25, 9, 0, *n%60, 123456000, time.UTC)))
		return
	case encoding.TextUnmarshaler, json.Unmarshaler:
		for _, text := range []string{fmt.Sprintf("01890a5d-ac96-774b-bcce-%012d", *n), fmt.Sprintf("2026-01-%02d", *n%28+1), fmt.Sprintf("%d.50", *n)} {
			if json.Unmarshal(fmt.Appendf(nil, "%q", text), v.Addr().Interface()) == nil {
				return
			}
		}
		t.Fatalf("no value for a %s", v.Type())
	}
	switch v.Kind() { //nolint:exhaustive // because contracts are made of these
	case reflect.String:
		v.SetString(fmt.Sprintf("text %d", *n))
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(*n))
	case reflect.Uint8:
		v.SetUint(uint64(*n % 256))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(t, v.Elem(), n)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range 2 {
			fill(t, v.Index(i), n)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			fill(t, v.Field(i), n)
		}
	default:
		t.Fatalf("no value for a %s", v.Type())
	}
}
