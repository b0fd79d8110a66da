package function

import (
	"fmt"
	"math/big"
	"net/netip"

	"github.com/aksnetlint/aksnetlint/linter/arm/value"
)

// cidrRows calculate with address ranges of IPv4 and IPv6.
//
// Source: https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-cidr
var cidrRows = []row{
	{name: "parseCidr", min: 1, max: 1, run: parseCIDR},
	{name: "cidrSubnet", min: 3, max: 3, run: cidrSubnet},
	{name: "cidrHost", min: 2, max: 2, run: cidrHost},
}

// prefix reads the i-th argument as a range; bits of the host part are cleared.
func (c *call) prefix(i int) (netip.Prefix, error) {
	s, err := c.str(i)
	if err != nil {
		return netip.Prefix{}, err
	}
	p, err := netip.ParsePrefix(s)
	if err != nil {
		if addr, addrErr := netip.ParseAddr(s); addrErr == nil && addr.Zone() == "" {
			return netip.PrefixFrom(addr, addr.BitLen()), nil
		}
		return netip.Prefix{}, c.errorf("expects its %s to be a valid IP address range in CIDR notation. The provided value is '%s'.", c.ordinal(i), describe(c.args[i]))
	}
	return p.Masked(), nil
}

// offset adds n to an address.
func offset(addr netip.Addr, n *big.Int) netip.Addr {
	sum := new(big.Int).SetBytes(addr.AsSlice())
	sum.Add(sum, n)
	bytes := make([]byte, addr.BitLen()/8)
	if sum.BitLen() > addr.BitLen() || sum.Sign() < 0 {
		return addr
	}
	out, ok := netip.AddrFromSlice(sum.FillBytes(bytes))
	if !ok {
		return addr
	}
	return out
}

// size is the number of addresses of a range with so many bits of host part.
func size(hostBits int) *big.Int { return new(big.Int).Lsh(big.NewInt(1), uint(hostBits)) }

func hostBits(p netip.Prefix) int { return p.Addr().BitLen() - p.Bits() }

// lastAddress is the highest address of a range.
func lastAddress(p netip.Prefix) netip.Addr {
	return offset(p.Addr(), new(big.Int).Sub(size(hostBits(p)), big.NewInt(1)))
}

// parseCIDR describes a range. Of an IPv4 range with more than two addresses
// the first and the last are not usable.
func parseCIDR(c *call) (*value.Value, error) {
	p, err := c.prefix(0)
	if err != nil {
		return nil, err
	}
	first, last := p.Addr(), lastAddress(p)
	members := []value.Member{
		{Name: "network", Value: value.NewString(first.String())},
		{Name: "netmask", Value: value.NewString(netmask(p).String())},
	}
	if first.Is4() {
		members = append(members, value.Member{Name: "broadcast", Value: value.NewString(last.String())})
		if hostBits(p) > 1 {
			first, last = first.Next(), last.Prev()
		}
	}
	return value.NewObject(append(members,
		value.Member{Name: "firstUsable", Value: value.NewString(first.String())},
		value.Member{Name: "lastUsable", Value: value.NewString(last.String())},
		value.Member{Name: "cidr", Value: value.NewInt(int64(p.Bits()))},
	)), nil
}

func netmask(p netip.Prefix) netip.Addr {
	ones := make([]byte, p.Addr().BitLen()/8)
	for i := range ones {
		ones[i] = 0xff
	}
	all, _ := netip.AddrFromSlice(ones)
	return netip.PrefixFrom(all, p.Bits()).Masked().Addr()
}

// cidrSubnet gives the index-th range of a smaller or equal size in a range.
func cidrSubnet(c *call) (*value.Value, error) {
	p, err := c.prefix(0)
	if err != nil {
		return nil, err
	}
	bits, err := c.integer(1)
	if err != nil {
		return nil, err
	}
	n, err := c.integer(2)
	if err != nil {
		return nil, err
	}
	if bits < int64(p.Bits()) || bits > int64(p.Addr().BitLen()) {
		return nil, c.errorf("expects its second argument to be an integer between %d and %d. The provided value is '%d'.", p.Bits(), p.Addr().BitLen(), bits)
	}
	if n < 0 || big.NewInt(n).Cmp(size(int(bits)-p.Bits())) >= 0 {
		return nil, c.errorf("expects its third argument to be an index of a subnet in the network. The provided value is '%d'.", n)
	}
	step := size(p.Addr().BitLen() - int(bits))
	start := offset(p.Addr(), step.Mul(step, big.NewInt(n)))
	return value.NewString(fmt.Sprintf("%s/%d", start, bits)), nil
}

// cidrHost gives the index-th usable address of a range, counted from 0: the
// network's own address is passed over, and the broadcast address of IPv4.
func cidrHost(c *call) (*value.Value, error) {
	p, err := c.prefix(0)
	if err != nil {
		return nil, err
	}
	n, err := c.integer(1)
	if err != nil {
		return nil, err
	}
	usable := new(big.Int).Sub(size(hostBits(p)), big.NewInt(1))
	if p.Addr().Is4() && hostBits(p) > 1 {
		usable.Sub(usable, big.NewInt(1))
	}
	if n < 0 || big.NewInt(n).Cmp(usable) >= 0 {
		return nil, c.errorf("expects its second argument to be an index of a host in the network. The provided value is '%d'.", n)
	}
	return value.NewString(offset(p.Addr(), new(big.Int).Add(big.NewInt(n), big.NewInt(1))).String()), nil
}
