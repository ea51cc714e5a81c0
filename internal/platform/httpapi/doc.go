// Package httpapi turns use cases into typed HTTP operations. It is the only package that knows the router and the
// OpenAPI library; modules see functions from an input struct to an answer.
//
// A module registers an operation like this, in its rest room:
//
//	type assignInput struct {
//		httpapi.IfMatch                      // 428 without If-Match; in.Version()
//		ID   asset.ID `path:"id"`            // a bad id is a 422 at path.id
//		Body app.Assign                      // strict JSON; every problem at once
//	}
//
//	httpapi.Register(api, httpapi.Operation{
//		ID: "assign-asset", Method: "POST", Path: "/assets/{id}/assignments", Summary: "Assign an asset",
//		Tag: "Assets", Permission: app.CanAssign, Status: 201,
//	}, func(ctx context.Context, in *assignInput) (*httpapi.Answer[asset.Asset], error) {
//		a, err := uses.Assign(ctx, in.ID, in.Version(), in.Body)
//		if err != nil {
//			return nil, err
//		}
//		return httpapi.Reply(a), nil
//	})
//
// What a request passes, in this order: the edge (request id, trace, security headers, cross-origin check, recovery,
// access log), who is calling and may they (401, 403, before a single byte of the input is looked at), the parameters
// (known, bounded, no NUL), the body (size, content type, strict JSON), the schema (422 with every wrong field), the
// Idempotency-Key (a repeated request gets the stored answer), and then the use case.
//
// Every error is problem+json (RFC 9457) with the request id. An error without a fault kind is a defect: it is logged
// with its whole chain and answered as 500 without a word of it.
//
// The package knows no module. Who the caller is comes from Options.Authenticate, what the caller may do from auth.
package httpapi
