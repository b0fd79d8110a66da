package function

import (
	"strings"
	"testing"

	"github.com/aksnetlint/aksnetlint/linter/arm/value"
)

// contextForTests is a deployment in which all is known.
func contextForTests() map[string]*value.Value {
	object := func(pairs ...string) *value.Value {
		var b value.Builder
		for i := 0; i < len(pairs); i += 2 {
			b.Set(value.Member{Name: pairs[i], Value: value.NewString(pairs[i+1])})
		}
		return b.Object()
	}
	return map[string]*value.Value{
		"subscription":    object("id", "/subscriptions/5b1e", "subscriptionId", "5b1e"),
		"resourceGroup":   object("id", "/subscriptions/5b1e/resourceGroups/rg-net", "name", "rg-net", "location", "norwayeast"),
		"managementGroup": object("id", "/providers/Microsoft.Management/managementGroups/mg", "name", "mg"),
		"deployment":      object("name", "main"),
	}
}

// TestFunctions evaluates "expression => JSON" or "expression => !part of the
// error".
func TestFunctions(t *testing.T) {
	for category, table := range map[string]string{
		"array": arrayCases, "object": objectCases, "comparison": comparisonCases, "numeric": numericCases,
		"string": stringCases, "encoding": encodingCases, "format": formatCases, "date": dateCases,
		"cidr": cidrCases, "lambda": lambdaCases, "resource": resourceCases, "access": accessCases,
	} {
		t.Run(category, func(t *testing.T) {
			for _, line := range strings.Split(strings.TrimSpace(table), "\n") {
				text, want, ok := strings.Cut(strings.TrimSpace(line), " => ")
				if !ok {
					t.Fatalf("no arrow in %q", line)
				}
				checkCase(t, text, want)
			}
		})
	}
}

func checkCase(t *testing.T, text, want string) {
	t.Helper()
	env, messages := newEnv(t)
	env.context = contextForTests()
	env.loops = map[string]int64{"": 2, "pools": 1}
	got := env.evaluate("[" + text + "]")
	all := strings.Join(*messages, "; ")
	part, wantsError := strings.CutPrefix(want, "!")
	switch {
	case wantsError && (len(*messages) != 1 || !strings.Contains(all, part)):
		t.Errorf("%s: got %s and %q, want one error with %q", text, show(got), *messages, part)
	case wantsError && (got.Kind != value.Unknown || got.Doubt.Reason != value.TemplateError):
		t.Errorf("%s: an error left the value %s", text, show(got))
	case wantsError:
	case all != "":
		t.Errorf("%s: %s", text, all)
	default:
		var plain any
		if err := decode(want, &plain); err != nil {
			t.Fatalf("%s: bad expectation %q: %v", text, want, err)
		}
		if err := same(got, plain); err != nil {
			t.Errorf("%s: %v", text, err)
		}
	}
}

const arrayCases = `
array(null()) => [null]
array(createArray(1)) => [1]
concat() => ""
concat('vnet', 7, true(), json('2.5')) => "vnet7True2.5"
concat(createArray(1), createArray(), createArray('b')) => [1,"b"]
concat('a', createArray('b')) => !expects its second argument to be a string
concat(createArray('b'), 'a') => !expects its second argument to be an array
empty(null()) => true
empty(0) => !The provided value is of type 'Integer'.
length('naïve') => 5
length('a😀') => 3
length(7) => !expects its parameter to be an object, an array or a string
flatten(createArray(createArray(createArray(1)), createArray())) => [[1]]
max(createArray(-3, -9)) => -3
min(createArray()) => !not empty
range(-2, 4) => [-2,-1,0,1]
range(0, 10001) => !between 0 and 10000
range(2147483640, 10) => !at most 2147483647
range(0, -1) => !between 0 and 10000
first('') => ""
last(createArray()) => null
first(3) => !an array or a string
skip('subnet', 3) => "net"
skip(createArray(1, 2), -1) => [1,2]
take(createArray(1, 2), 5) => [1,2]
take('subnet', 2) => "su"
indexFromEnd(createArray('a', 'b'), 3) => !array index '3' is out of bounds
tryIndexFromEnd(createArray('a', createObject('b', 1)), 1, 'b') => 1
tryIndexFromEnd(null(), 1) => null
tryGet(createObject('a', createArray(1, 2)), 'a', 1) => 2
tryGet(createObject('a', createArray(1, 2)), 'a', createObject('value', 1, 'fromEnd', true())) => 2
tryGet(createObject('a', 1), 'b', 'c', 'd') => null
tryGet(createObject('a', createObject('x', 1)), 'A', 'y') => !property 'y' doesn't exist, available properties are 'x'
tryGet(null(), 'a') => null
tryGet(createArray('a'), 4) => null
distinct(createArray(1, '1', 1, createArray(2), createArray(2))) => [1,"1",[2]]
intersection(createArray(3, 1, 3, 2), createArray(1, 3)) => [3,1]
intersection(createObject('A', 1, 'b', 2), createObject('a', 1, 'b', 3)) => {"A":1}
union(createArray(1, 1, 2), createArray(2, '2')) => [1,2,"2"]
union(createObject('A', createObject('x', 1, 'y', createArray(1))), createObject('a', createObject('y', createArray(2)))) => {"A":{"x":1,"y":[2]}}
union(createArray(1), createObject()) => !expects its second argument to be an array
union(1, 2) => !an array or an object
`

const objectCases = `
createObject() => {}
createObject('a', null()) => {"a":null}
createObject('a') => !even number
createObject(1, 2) => !expects its first argument to be a string
createObject('Name', 1).name => 1
items(createObject('b', 1, 'a_', 2, 'a1', 3)) => [{"key":"a_","value":2},{"key":"a1","value":3},{"key":"b","value":1}]
objectKeys(json('{"B":1,"a":2,"b":3,"A":4}')) => ["a","A","b","B"]
shallowMerge(createArray(createObject('Tag', createObject('x', 1)), createObject('tag', createObject('y', 2)))) => {"Tag":{"y":2}}
shallowMerge(createArray(1)) => !array of objects
json('{a: ''x'', "b": [1, 2.50, -3,], /* c */ d: null, } // end') => {"a":"x","b":[1,2.5,-3],"d":null}
json('[9223372036854775807, 9223372036854775808]')[0] => 9223372036854775807
json('"\u0041\ud83d\ude00\/"') => "A😀/"
json('{"a":1,"a":2}') => {"a":2}
json('{') => !cannot be converted
json('1 2') => !cannot be converted
json('plain') => !cannot be converted
json(7) => !expects its parameter to be a string
string(json('{"a":[1,2.0,1e20,"\"x\"\n"],"b":{},"c":true}')) => "{\"a\":[1,2.0,1E+20,\"\\\"x\\\"\\n\"],\"b\":{},\"c\":true}"
string(false()) => "False"
string(json('0.00001')) => "1E-05"
`

const comparisonCases = `
equals(1, json('1.0')) => false
equals(json('{"a":1,"b":[2]}'), json('{"b":[2],"a":1}')) => true
equals(createArray(1, 2), createArray(2, 1)) => false
equals(null(), null()) => true
equals('', null()) => false
less('a', 'A') => true
less('A', 'b') => true
less('a-b', 'ab') => true
less('a', 'a ') => true
less('10', '9') => true
less('_', '-') => true
greater('aks', 'AKR') => true
less(1, '2') => !matching types
less(true(), false()) => !an integer or a string
coalesce(null(), '', fail('no')) => ""
coalesce(null(), null()) => null
and(false(), fail('no')) => false
or(true(), 7) => true
and(true(), 'true') => !expects its second argument to be a boolean
not(0) => !expects its parameter to be a boolean
if(true(), 1, fail('no')) => 1
if(1, 2, 3) => !boolean
bool('TRUE') => true
bool('1') => !cannot be converted
bool(-5) => true
IF(True(), 'x', 'y') => "x"
nosuch(1) => !The template function 'nosuch' is not valid.
true(1) => !requires 0 argument(s) while 1 were provided
`

const numericCases = `
add(json('9223372036854775807'), 1) => !overflowed with the operants '9223372036854775807' and '1'
add(-5, 3) => -2
sub(json('-9223372036854775808'), 1) => !overflowed
mul(json('-9223372036854775808'), 1) => -9223372036854775808
mul(json('-9223372036854775808'), -1) => !overflowed
mul(json('4294967296'), json('2147483648')) => !overflowed
mul(json('4294967296'), json('-2147483648')) => -9223372036854775808
div(-7, 2) => -3
div(json('-9223372036854775808'), -1) => !overflowed
div(1, 0) => !cannot be zero
mod(-7, 3) => -1
mod(json('-9223372036854775808'), -1) => 0
add('1', 2) => !expects its first argument to be an integer. The provided value is of type 'String'.
int(' 12 ') => 12
int('1.5') => !cannot convert provided value '1.5' to integer value
int(true()) => !cannot convert
float('1,234.5') => 1234.5
float(2) => 2
copyIndex() => 2
copyIndex(10) => 12
copyIndex('pools') => 1
copyIndex('pools', 3) => 4
copyIndex('none') => !'COPYINDEX' is not expected at this location
`

const stringCases = `
contains('Subnet', 'sub') => false
contains('port443', 443) => true
contains(createObject('Port', 1), 'port') => true
contains(createArray(1, 2), '2') => false
contains(createArray(createArray(1)), createArray(1)) => true
contains(7, 7) => !expects its first argument
startsWith('AKS-net', 'aks') => true
endsWith('aks-net', 'NETS') => false
indexOf('a😀Bc', 'b') => 3
indexOf('abc', '') => 0
lastIndexOf('abcABC', 'c') => 5
indexOf(createArray('a', 'A'), 'A') => 1
join(createArray(1, true(), 'x'), '-') => "1-True-x"
join(createArray(), ',') => ""
join(createArray(createArray()), ',') => !An element is of type 'Array'
padLeft(7, 3, '0') => "007"
padLeft('long', 2) => "long"
padLeft('x', 5, 'ab') => !single character
padLeft('x', -1) => !not negative
replace('a.b.c', '.', '') => "abc"
replace('aAa', 'A', 'b') => "aba"
replace('a', '', 'b') => !not empty
split('a,b;;c', createArray(',', ';')) => ["a","b","","c"]
split('', ',') => [""]
split('abc', '') => ["abc"]
split(',', ',') => ["",""]
substring('kubenet', 4) => "net"
substring('kubenet', 7) => ""
substring('kubenet', 5, 3) => !The index and length parameters must refer to a location within the string.
substring('a😀b', 3, 1) => "b"
toLower('İI') => "İi"
toUpper('straßeı') => "STRAßEı"
trim(' 	 x ') => "x"
like('vnet-hub-west', 'VNET-*-W*t') => true
like('vnet', 'vnet?') => false
like('abc', '*b') => false
like('ab', 'ab*b') => false
fail('no hub') => !no hub
`

const encodingCases = `
base64ToString('####') => !cannot be decoded from base64 representation.
base64ToJson(base64('[1]')) => [1]
dataUriToString('data:text/plain;charset=iso-8859-1,%E6') => "æ"
dataUriToString('data:,a%20b') => "a b"
dataUriToString('data:text/plain;charset=klingon;base64,YQ==') => !cannot be converted to the target type
dataUriToString('nodata') => !was not formatted correctly
uriComponent('ä/~') => "%C3%A4%2F~"
uriComponentToString('%C3%a4%zz%ff+') => "ä%zz%ff+"
uri('https://host.example/a/b?x=1', '../c/d.json?y=2') => "https://host.example/c/d.json?y=2"
uri('https://HOST.example:443', '') => "https://host.example/"
uri('https://host.example/a/', 'https://other.example/b') => "https://other.example/b"
uri('host', 'x') => !expects its first argument to be a uri string. The provided value is 'host'.
parseUri('https://host.example:8443/a%20b?x=1#y') => {"scheme":"https","host":"host.example","port":8443,"path":"/a%20b","query":"?x=1","fragment":"#y"}
buildUri(createObject('scheme', 'https', 'host', 'h.example', 'port', 444, 'path', 'x')) => "https://h.example:444/x"
uniqueString('aks', 'net') => "` + uniqueOfAksNet + `"
uniqueString(1) => !expects its parameter to be a string
`

// uniqueOfAksNet was computed by an implementation apart from this one.
const uniqueOfAksNet = "crnuapm4hhbfw"

const formatCases = `
format('{0}') => !Index (zero based) must be
format('{0') => !Input string was not in a correct format
format('a}b') => !Input string was not in a correct format
format('{{{0}}}', 1) => "{1}"
format('{1}{0}{1}', 'a', 'b') => "bab"
format('[{0,4}|{0,-4}]', 'ab') => "[  ab|ab  ]"
format('{0,6:N1}', 1234) => "1,234.0"
format('{0:D5}|{1:D3}', 42, -7) => "00042|-007"
format('{0:X}|{0:x4}|{1:X}', 255, -1) => "FF|00ff|FFFFFFFFFFFFFFFF"
format('{0:F}|{0:F0}|{0:F3}', json('2.5')) => "2.50|3|2.500"
format('{0:N}|{0:N0}', -1234567) => "-1,234,567.00|-1,234,567"
format('{0:E2}|{1:e}', 12345, json('0.00012')) => "1.23E+004|1.200000e-004"
format('{0:G3}|{1:G}', 12345, json('0.5')) => "1.23E+04|0.5"
format('{0:P}|{0:P0}', json('0.256')) => "25.60 %|26 %"
format('{0:C}|{1:C0}', 1234, -5) => "¤1,234.00|(¤5)"
format('{0:000}|{0:#,##0.00}|{0:#}|{1:#}', 7, 0) => "007|7.00|7|"
format('{0:#,#}|{0:0,}|{0:0%}', 1234567) => "1,234,567|1235|123456700%"
format('{0:0.##}|{1:0.##}', json('1.5'), 2) => "1.5|2"
format('{0:pos;neg;zero}|{1:pos;neg;zero}|{2:pos;neg;zero}', 1, -1, 0) => "pos|neg|zero"
format('{0:00-00-00}', 123456) => "12-34-56"
format('{0:''n=''0}', 5) => "n=5"
format('{0:0.0E+00}', 12345) => "1.2E+04"
format('{0:Z}', 5) => !Format specifier was invalid
format('{0:D}', json('1.5')) => !Format specifier was invalid
format('{0:N0}', 'text') => "text"
format('{0}|{1}|{2}', true(), null(), json('1e21')) => "True||1E+21"
format('{0}', createObject('a', createArray(1, 'it''s', true()))) => "{'a':[1,'it\\'s',true]}"
format('{0, 3 }|', 1) => "  1|"
format('{99999999999}', 1) => !the format is invalid
`

const dateCases = `
dateTimeAdd('2024-01-31T10:00:00Z', 'P1M') => "2024-02-29T10:00:00Z"
dateTimeAdd('2024-02-29', 'P1Y') => "2025-02-28T00:00:00Z"
dateTimeAdd('2024-03-01T00:00:00Z', '-P1D') => "2024-02-29T00:00:00Z"
dateTimeAdd('2024-03-01 08:00:00+02:00', 'P1WT30M1.5S') => "2024-03-08T06:30:01Z"
dateTimeAdd('2024-03-01 08:00:00Z', 'PT0S', 'dddd, d MMM yy h:mm tt') => "Friday, 1 Mar 24 8:00 AM"
dateTimeAdd('2024-03-01T20:07:09.25Z', 'PT0S', 'HH:m:ss.fff|FF|''h''|\\d') => "20:7:09.250|25|h|\\1"
dateTimeAdd('2024-03-01T20:07:09Z', 'PT0S', 'o') => "2024-03-01T20:07:09.0000000Z"
dateTimeAdd('2024-03-01T20:07:09Z', 'PT0S', 'R') => "Fri, 01 Mar 2024 20:07:09 GMT"
dateTimeAdd('2024-03-01T20:07:09Z', 'PT0S', 'd') => "03/01/2024"
dateTimeAdd('2024-03-01T20:07:09Z', 'PT0S', 'X') => !date and time format
dateTimeAdd('soon', 'P1D') => !expects its first argument to be a date and time
dateTimeAdd('2024-03-01', '1D') => !ISO 8601 duration
dateTimeAdd('2024-03-01', 'P') => !ISO 8601 duration
dateTimeAdd('2024-03-01', 'P1DT') => !ISO 8601 duration
dateTimeAdd('9999-12-31', 'P1D') => !between the years
dateTimeFromEpoch(0) => "1970-01-01T00:00:00Z"
dateTimeFromEpoch(json('999999999999999')) => !between the years
dateTimeToEpoch('1970-01-02') => 86400
`

const cidrCases = `
parseCidr('10.9.8.7/30') => {"network":"10.9.8.4","netmask":"255.255.255.252","broadcast":"10.9.8.7","firstUsable":"10.9.8.5","lastUsable":"10.9.8.6","cidr":30}
parseCidr('2001:db8:1::/48').lastUsable => "2001:db8:1:ffff:ffff:ffff:ffff:ffff"
parseCidr('10.0.0.0/33') => !CIDR notation
cidrSubnet('10.240.0.0/16', 24, 255) => "10.240.255.0/24"
cidrSubnet('10.240.0.0/16', 24, 256) => !index of a subnet
cidrSubnet('10.240.0.0/16', 12, 0) => !between 16 and 32
cidrSubnet('10.240.3.9/16', 17, 1) => "10.240.128.0/17"
cidrSubnet('2001:db8::/32', 128, 5) => "2001:db8::5/128"
cidrHost('10.240.0.0/24', 253) => "10.240.0.254"
cidrHost('10.240.0.0/24', 254) => !index of a host
cidrHost('10.240.0.0/24', -1) => !index of a host
`

const lambdaCases = `
map(createArray(1, 2), lambda('a', map(createArray(10), lambda('b', add(lambdaVariables('A'), lambdaVariables('b')))))) => [[11],[12]]
map(createArray('x'), lambda('v', map(createArray('y'), lambda('V', lambdaVariables('v'))))) => [["y"]]
filter(createArray(1), lambda('v', 1)) => !return a boolean
map(1, lambda('v', 1)) => !expects its first argument to be an array
map(createArray(1), 2) => !to be a lambda
map(createArray(1), lambda(concat('v'), 1)) => !string literals
map(createArray(1), lambda('a', 'b', 'c', 1)) => !1 to 2 variables
lambda('v', 1) => !'LAMBDA' is not expected at this location
lambdaVariables('v') => !lambda variable 'v' is not found
sort(createArray(2, 1, 2, 3), lambda('a', 'b', true())) => [3,2,1,2]
sort(createArray('b1', 'a1', 'b2', 'a2'), lambda('a', 'b', less(first(lambdaVariables('a')), first(lambdaVariables('b'))))) => ["a1","a2","b1","b2"]
toObject(createArray(1, 11, 2), lambda('v', mod(lambdaVariables('v'), 10)), lambda('v', string(lambdaVariables('v')))) => {"1":"11","2":"2"}
groupBy(createArray('ab', 'b', 'aa'), lambda('v', first(lambdaVariables('v')))) => {"a":["ab","aa"],"b":["b"]}
reduce(createArray(), 'none', lambda('c', 'n', 1)) => "none"
mapValues(createObject('A', 1), lambda('v', createArray(lambdaVariables('v')))) => {"A":[1]}
my.twice(3) => [3,3]
my.nosuch(3) => !The template function 'my.nosuch' is not valid.
`

const resourceCases = `
resourceId('Microsoft.Network/virtualNetworks/subnets', 'v', 's') => "/subscriptions/5b1e/resourceGroups/rg-net/providers/Microsoft.Network/virtualNetworks/v/subnets/s"
resourceId('other', 'Microsoft.Network/routeTables/', 'r') => "/subscriptions/5b1e/resourceGroups/other/providers/Microsoft.Network/routeTables/r"
resourceId('11111111-2222-3333-4444-555555555555', 'other', 'A.B/c', 'd') => "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/other/providers/A.B/c/d"
resourceId('Microsoft.Network/virtualNetworks/subnets', 'v') => !requires '2' resource name argument(s)
resourceId('vnet', 'x') => !fully qualified resource type
subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'r') => "/subscriptions/5b1e/providers/Microsoft.Authorization/roleDefinitions/r"
subscriptionResourceId('Microsoft.Resources/resourceGroups', 'g') => "/subscriptions/5b1e/resourceGroups/g"
managementGroupResourceId('A.B/c', 'd') => "/providers/Microsoft.Management/managementGroups/mg/providers/A.B/c/d"
tenantResourceId('A.B/c', 'd') => "/providers/A.B/c/d"
extensionResourceId('/', 'A.B/c', 'd') => "/providers/A.B/c/d"
extensionResourceId(resourceGroup().id, 'A.B/c/e', 'd', 'f') => "/subscriptions/5b1e/resourceGroups/rg-net/providers/A.B/c/d/e/f"
tenant().id => !'TENANT' is not expected at this location
environment().suffixes.keyvaultDns => ".vault.azure.net"
parameters('none') => !The template parameter 'none' is not found.
variables('none') => !The template variable 'none' is not found.
`

const accessCases = `
createObject('a', 1, 'b', 2).c => !The language expression property 'c' doesn't exist, available properties are 'a, b'.
createArray(1)[1] => !The language expression property array index '1' is out of bounds.
createArray(1)[-1] => !out of bounds
null().a => !The language expression property 'a' can't be evaluated.
'text'[0] => !can't be evaluated
createObject('a-b', createArray('x'))['A-B'][0] => "x"
createObject('a', 1)[true()] => !must be a string or an integer
json('{"A":1,"a":2}').a => 2
`
