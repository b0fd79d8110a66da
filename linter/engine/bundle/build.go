package bundle

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/bundle"

	"github.com/aksnetlint/aksnetlint/linter/engine"
)

// metadataKey is this program's entry in a bundle's manifest.
const metadataKey = "aksnetlint"

// Parts are what a bundle is made of.
type Parts struct {
	// Modules are the rules, by their paths inside the bundle.
	Modules []engine.Module
	// Libraries are the built-in modules that plain OPA needs beside them.
	Libraries []engine.Module
	// Params are data.params, the defaults of the rules.
	Params map[string]any
	// Revision names the bundle's version; it may be empty.
	Revision string
	// Key is a PEM private key to sign with, empty for none.
	Key []byte
}

// Build writes a bundle of the parts that plain OPA runs too.
func (parts Parts) Build(w io.Writer) error {
	var supplied []any
	b := bundle.Bundle{Data: map[string]any{"params": parts.Params, "settings": map[string]any{}}}
	add := func(m engine.Module, name string) error {
		parsed, err := ast.ParseModuleWithOpts(m.Path, string(m.Text), ast.ParserOptions{ProcessAnnotation: true, RegoVersion: ast.RegoV1})
		if err != nil {
			return fmt.Errorf("building a bundle: %w", err)
		}
		b.Modules = append(b.Modules, bundle.ModuleFile{URL: "/" + name, Path: "/" + name, RelativePath: "/" + name, Raw: m.Text, Parsed: parsed})
		return nil
	}
	for _, m := range parts.Modules {
		if err := add(m, strings.TrimPrefix(path.Clean("/"+m.Path), "/")); err != nil {
			return err
		}
	}
	for _, m := range parts.Libraries {
		name := "builtin/" + m.Path
		supplied = append(supplied, name)
		if err := add(m, name); err != nil {
			return err
		}
	}
	b.Manifest.Init()
	b.Manifest.Revision = parts.Revision
	b.Manifest.Metadata = map[string]any{metadataKey: map[string]any{"supplied": supplied}}
	b.SetRegoVersion(ast.RegoV1)
	if len(parts.Key) > 0 {
		algorithm, err := algorithmOf(parts.Key)
		if err != nil {
			return err
		}
		if err := b.GenerateSignature(bundle.NewSigningConfig(string(parts.Key), algorithm, ""), keyID, true); err != nil {
			return fmt.Errorf("signing the bundle: %w", err)
		}
	}
	if err := bundle.NewWriter(w).UseModulePath(true).DisableFormat(true).Write(b); err != nil {
		return fmt.Errorf("writing the bundle: %w", err)
	}
	return nil
}

// algorithmOf is the signature algorithm that fits a PEM key, public or
// private: RS256 for RSA, ES256 for the curve P-256.
func algorithmOf(key []byte) (string, error) {
	block, _ := pem.Decode(key)
	if block == nil {
		return "", errors.New("the key is no PEM file")
	}
	parsed, err := parseKey(block)
	if err != nil {
		return "", fmt.Errorf("reading the key: %w", err)
	}
	var curve elliptic.Curve
	switch k := parsed.(type) {
	case *rsa.PublicKey, *rsa.PrivateKey:
		return "RS256", nil
	case *ecdsa.PublicKey:
		curve = k.Curve
	case *ecdsa.PrivateKey:
		curve = k.Curve
	}
	if curve != elliptic.P256() {
		return "", errors.New("the key is neither RSA nor of the curve P-256")
	}
	return "ES256", nil
}

func parseKey(block *pem.Block) (any, error) {
	switch block.Type {
	case "PUBLIC KEY":
		return x509.ParsePKIXPublicKey(block.Bytes)
	case "RSA PUBLIC KEY":
		return x509.ParsePKCS1PublicKey(block.Bytes)
	case "RSA PRIVATE KEY":
		return x509.ParsePKCS1PrivateKey(block.Bytes)
	case "EC PRIVATE KEY":
		return x509.ParseECPrivateKey(block.Bytes)
	}
	return x509.ParsePKCS8PrivateKey(block.Bytes)
}
