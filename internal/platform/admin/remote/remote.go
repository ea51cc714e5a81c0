// Package remote is the contract of the administration over the wire, both ends of it. It knows no inside of the module.
package remote

import (
	"context"

	"erp/internal/employee"
	"erp/internal/platform/admin"
	"erp/internal/platform/admin/remote/adminwire"
	"erp/internal/platform/fault"
	"erp/internal/platform/rpc"
)

// NewCompany is the Company of the administration at the other end of the link.
func NewCompany(link *rpc.Link) admin.Company {
	return farCompany{adminwire.NewCompanyClient(link.HTTP(), link.URL(), link.Options())}
}

type farCompany struct{ company adminwire.CompanyClient }

// Profile implements admin.Company.
func (f farCompany) Profile(ctx context.Context) (admin.CompanyProfile, error) {
	answer, err := f.company.Profile(ctx, &adminwire.ProfileRequest{})
	if err != nil {
		return admin.CompanyProfile{}, err
	}
	profile, err := rpc.Value[admin.CompanyProfile](answer.GetProfile())
	profile.Logo = answer.GetLogo() // the picture is no part of the profile's JSON
	return profile, err
}

// ServeCompany lets other processes ask about the company.
func ServeCompany(s *rpc.Server, company admin.Company) {
	s.Mount(adminwire.NewCompanyHandler(nearCompany{company}, s.Options()))
}

type nearCompany struct{ company admin.Company }

// Profile implements adminwire.CompanyHandler.
func (n nearCompany) Profile(ctx context.Context, _ *adminwire.ProfileRequest) (*adminwire.ProfileResponse, error) {
	said, err := n.company.Profile(ctx)
	if err != nil {
		return nil, err
	}
	profile, err := rpc.Message(said, &adminwire.CompanyProfile{})
	return &adminwire.ProfileResponse{Profile: profile, Logo: said.Logo}, err
}

// NewAccess is the Access of the administration at the other end of the link.
func NewAccess(link *rpc.Link) admin.Access {
	return farAccess{adminwire.NewAccessClient(link.HTTP(), link.URL(), link.Options())}
}

type farAccess struct{ access adminwire.AccessClient }

// Revoke implements admin.Access.
func (f farAccess) Revoke(ctx context.Context, leaver employee.ID) error {
	_, err := f.access.Revoke(ctx, &adminwire.RevokeRequest{Leaver: leaver.String()})
	return err
}

// Restore implements admin.Access.
func (f farAccess) Restore(ctx context.Context, leaver employee.ID) error {
	_, err := f.access.Restore(ctx, &adminwire.RestoreRequest{Leaver: leaver.String()})
	return err
}

// ServeAccess lets the employee module in another process give and take access; it refuses every other.
func ServeAccess(s *rpc.Server, access admin.Access) {
	s.Mount(adminwire.NewAccessHandler(nearAccess{access}, s.Options()))
}

type nearAccess struct{ access admin.Access }

func leaverOf(ctx context.Context, text string) (employee.ID, error) {
	if caller := rpc.CallerOf(ctx); caller != "employee" {
		return employee.ID{}, fault.New(fault.Forbidden, "foreign-access", "Only the employee module ends access, not %s.", caller)
	}
	return rpc.ID[employee.Employee](text)
}

// Revoke implements adminwire.AccessHandler.
func (n nearAccess) Revoke(ctx context.Context, in *adminwire.RevokeRequest) (*adminwire.RevokeResponse, error) {
	leaver, err := leaverOf(ctx, in.GetLeaver())
	if err == nil {
		err = n.access.Revoke(ctx, leaver)
	}
	return &adminwire.RevokeResponse{}, err
}

// Restore implements adminwire.AccessHandler.
func (n nearAccess) Restore(ctx context.Context, in *adminwire.RestoreRequest) (*adminwire.RestoreResponse, error) {
	leaver, err := leaverOf(ctx, in.GetLeaver())
	if err == nil {
		err = n.access.Restore(ctx, leaver)
	}
	return &adminwire.RestoreResponse{}, err
}
