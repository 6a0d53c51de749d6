package query_test

import (
	"fmt"

	"mingxi/index/query"
)

// A query that cannot be read says where and what would be valid.
func ExampleParse() {
	for _, s := range []string{"(低保 或 五保) 年份：２０１０..2012 value:>1.5万元", "yeer:2012"} {
		q, err := query.Parse(s)
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(q)
	}
	// Output:
	// (低保 OR 五保) year:2010..2012 value:>15000元
	// query: at character 1: there is no field yeer; write year:2012
}
