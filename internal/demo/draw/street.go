package main

import "math"

// rooftops is red gabled roofs crowding down to a hazy plain.
func rooftops(c *Canvas) {
	c.Sky(420, hex(0x9fc0c4), hex(0xdcdcc8), hex(0xf8dfb6))
	c.Glow(980, 190, 420, hex(0xffefc4), .7)
	c.Clouds(-60, 260, 420, 70, .4, hex(0xfff5e0), hex(0xb3c4c3), .8, 980, 190)
	c.Fill(c.ridge(300, 30, 300, 3), hex(0xb9c4b4), 1)
	c.Fill(c.ridge(330, 20, 200, 3), hex(0xa3b0a0), 1)
	c.Fill(poly(296, 350, 296, 196, 316, 120, 336, 196, 336, 350), hex(0x8f9088), 1)
	c.Fill(rect(306, 206, 20, 30), hex(0xd9d3bb), .6)
	haze := hex(0xf3ddb9)
	for row := range 7 {
		t := float64(row) / 6
		y, s := 338+410*math.Pow(t, 1.25), 34+150*t
		for x := -s * c.r(.2, 1.4); x < sheetW+s; {
			w, h := s*c.r(1.0, 1.7), s*c.r(.5, .8)
			yy := y + c.r(-.16, .16)*s
			red := []RGB{hex(0xb4482f), hex(0xc65a38), hex(0x9d3c2c), hex(0xb9603f)}[c.rnd.IntN(4)].mix(haze, .68*(1-t))
			wall := []RGB{hex(0xe9d9b9), hex(0xd6bf9b), hex(0xcbb9a3)}[c.rnd.IntN(3)].mix(haze, .6*(1-t))
			if c.r(0, 1) < .5 {
				// Gable to the front.
				c.Fill(rect(x, yy, w*.62, 400), wall, 1)
				c.Fill(poly(x+w*.31, yy-h, x+w*1.1, yy-h, x+w*1.3, yy+3, x+w*.62, yy+3), red, 1)
				c.Fill(rect(x+w*.62, yy, w*.62, 400), wall.mul(.82), 1)
				c.Fill(poly(x, yy+1, x+w*.31, yy-h, x+w*.62, yy+1), wall, 1)
				c.Fill(stroke(s*.05, points(x-w*.03, yy+4, x+w*.31, yy-h, x+w*.66, yy+4)), red.mul(.62), 1)
				c.Fill(rect(x+w*.25, yy-h*.45, w*.12, h*.32), hex(0x5f5148).mix(haze, .6*(1-t)), 1)
				x += w * 1.2
			} else {
				roof := poly(x, yy+3, x+w*.14, yy-h, x+w*1.0, yy-h, x+w*1.14, yy+3)
				c.Fill(rect(x+w*.04, yy, w*1.06, 400), wall.mul(.92), 1)
				c.Fill(roof, down(yy-h, yy, red.mul(1.1), red.mul(.86)), 1)
				c.In(roof, func() {
					for v := yy - h; v < yy; v += s * .085 {
						c.Fill(rect(x, v, w*1.2, s*.016), red.mul(.6), .55)
					}
				})
				for k := range c.rnd.IntN(3) {
					c.Fill(rect(x+w*(.25+.35*float64(k)), yy-h*.66, w*.1, h*.3), hex(0xd7e2da).mix(haze, .5), .9)
				}
				x += w * 1.08
			}
			if c.r(0, 1) < .7 {
				cx, cy := x-w*c.r(.4, .7), yy-h
				c.Fill(rect(cx, cy-s*.22, s*.16, s*.42), across(cx, cx+s*.16, red.mul(.9), red.mul(.55)), 1)
				c.Fill(rect(cx-s*.02, cy-s*.24, s*.2, s*.04).and(rect(cx+s*.03, cy-s*.33, s*.04, s*.1), rect(cx+s*.09, cy-s*.31, s*.04, s*.1)), red.mul(.5), 1)
				if c.r(0, 1) < .3 {
					for i := range 5 {
						f := float64(i)
						c.Soft(ellipse(cx+s*.08+f*f*s*.05, cy-s*(.4+.17*f), s*(.05+.05*f), s*.08), hex(0xfdf4e2), .3-.05*f, s*.06)
					}
				}
			}
		}
		c.Mist(y-s, y+s*1.2, haze, .32*(1-t))
	}
	c.Vignette(.22)
}

// terrace draws one side of a street of houses into the depth; s is the side.
func (c *Canvas) terrace(k Cam, s float64, brick, roof, fog RGB) {
	for i := 11; i >= 0; i-- {
		z0, z1 := 6+5*float64(i), 11+5*float64(i)
		f := 1 - math.Exp(-z0/38)
		x, eave := s*6.2, 6.0
		q := quad{k.at(x, eave, z0), k.at(x, eave, z1), k.at(x, 0, z1), k.at(x, 0, z0)}
		c.Fill(k.flat(x, eave, z0, x, eave, z1, x+s*3.4, eave+3.2, z1, x+s*3.4, eave+3.2, z0), roof.mix(fog, f), 1)
		c.Fill(q.box(0, 0, 1, 1), brick.mul(.9+.2*hash(3, i, int(s))).mix(fog, f), 1)
		for j := range 22 {
			v := float64(j) / 22
			c.Fill(q.box(0, v, 1, v+.006), hex(0x201a1c).mix(fog, f), .25)
		}
		lit := Paint(hex(0xffcf86).mix(fog, f*.5))
		pick := func(p float64) Paint {
			if c.r(0, 1) < p {
				return lit
			}
			return hex(0x2a3039).mix(fog, f)
		}
		sill := hex(0xc9c0b2).mix(fog, f)
		for _, b := range [][4]float64{{.12, .12, .4, .4}, {.58, .12, .86, .4}, {.5, .54, .86, .86}} {
			c.Fill(q.box(b[0]-.03, b[1]-.02, b[2]+.03, b[3]+.03), sill, 1)
			c.Fill(q.box(b[0], b[1], b[2], b[3]), pick(.42), 1)
			c.Fill(q.box((b[0]+b[2])/2-.012, b[1], (b[0]+b[2])/2+.012, b[3]), sill, 1)
			c.Fill(q.box(b[0], (b[1]+b[3])/2-.01, b[2], (b[1]+b[3])/2+.01), sill, 1)
		}
		door := []RGB{hex(0x8c2f2b), hex(0x24584c), hex(0x2f4770), hex(0xb98a36)}[(i*7+int(s)+8)%4]
		c.Fill(q.box(.1, .52, .38, 1), sill, 1)
		c.Fill(q.box(.14, .62, .34, 1), door.mix(fog, f), 1)
		c.Fill(q.box(.14, .55, .34, .6), pick(.6), 1)
		c.Fill(k.front(x+s*1.2, eave+1.6, x+s*2.6, eave+4.6, z0+.1), brick.mul(.8).mix(fog, f), 1)
	}
}

// terracesRain is a street of terraced houses in evening rain.
func terracesRain(c *Canvas) {
	fog := hex(0x7f8791)
	c.Sky(480, hex(0x3d4653), hex(0x66707b), hex(0x9a9a98))
	c.Clouds(-100, 460, 420, 120, .7, hex(0x8b929a), hex(0x3a434f), .7, 700, 700)
	k := Cam{X: 690, Y: 452, F: 560, Eye: 2.2}
	c.Fill(rect(-10, 452, 1220, 400), down(452, 800, fog, hex(0x4b525c), hex(0x2a3039)), 1)
	c.Soft(rect(640, 330, 100, 130), fog.mul(1.1), .9, 20)
	c.Fill(rect(672, 352, 26, 100).and(poly(670, 354, 685, 296, 700, 354)), fog.mul(.86), 1)
	c.terrace(k, -1, hex(0x8a4b3d), hex(0x3a3e48), fog)
	c.terrace(k, 1, hex(0x7c453a), hex(0x363a44), fog)
	for _, s := range []float64{-1, 1} {
		x := s * 6.2
		c.Fill(k.floor(math.Min(x, s*4.2), 3, math.Max(x, s*4.2), 70, .12), down(452, 800, fog, hex(0x565a60), hex(0x43474e)), 1)
		c.Fill(k.line(.14, s*4.2, .06, 3.2, s*4.2, .06, 70), hex(0xa7aaa9), .8)
	}
	c.In(k.floor(-4.2, 3, 4.2, 90, 0), func() { c.Reflect(458, 800, 4, hex(0x30363f), .62) })
	for i := 4; i >= 0; i-- {
		z := 10 + 8.5*float64(i)
		for _, s := range []float64{-1, 1} {
			p := k.at(s*4.5, 0, z)
			h := 5.2 * k.F / z
			c.Lamp(p.X, p.Y, h, hex(0x1c2128).mix(fog, 1-math.Exp(-z/40)), hex(0xffe0a0), .8)
			c.GlowE(p.X-s*h*.1, p.Y+h*.3, h*.16, h*.55, hex(0xffd591), .55)
			c.GlowE(p.X, p.Y, h*.5, h*.12, hex(0xffd591), .45)
		}
	}
	p := k.at(-1.4, 0, 10)
	h := 1.75 * k.F / 10
	c.Soft(ellipse(p.X, p.Y, 30, 6), hex(0x161a20), .7, 5)
	c.Fill(figure(p.X, p.Y, h), hex(0x1a1f26), 1)
	c.Fill(ring(append(sector(p.X+4, p.Y-h*.86, h*.5, h*.36, .5, 1), Pt{p.X + 4, p.Y - h*.92})), hex(0xa52a2c), 1)
	c.Line(hex(0x1a1f26), 1, 2.4, p.X+4, p.Y-h*1.22, p.X+4, p.Y-h*.5)
	c.Mist(360, 540, hex(0xa7a9a8), .35)
	c.Rain(420, 44, -.22, hex(0xdfe6ea), .3)
	for range 110 {
		t := c.r(0, 1)
		x, y := c.r(0, 1200), 560+240*t
		c.Fill(stroke(1, sector(x, y, 6+14*t, 2+4*t, 0, 1)), hex(0xd8dee2), .25)
	}
	c.Bloom(.74, 16, .3)
	c.Vignette(.35)
}

// flatsEvening is three blocks of flats against a violet evening.
func flatsEvening(c *Canvas) {
	c.Sky(700, hex(0x39406b), hex(0x6f5f8c), hex(0xc17f8c), hex(0xf2ae85), hex(0xf8cf9a))
	c.Clouds(-40, 560, 460, 70, .45, hex(0xffb79a), hex(0x5a5483), .75, 200, 800)
	c.Fill(circle(918, 132, 20), hex(0xfdf0dc), .9)
	c.Glow(918, 132, 130, hex(0xfbe5d2), .4)
	c.Fill(c.ridge(610, 24, 260, 3), hex(0x9a7590), 1)
	type block struct {
		x, y, w, d   float64
		cols, floors int
		front, side  RGB
	}
	for i, b := range []block{
		{90, 250, 170, 60, 6, 16, hex(0x86688a), hex(0x6a5478)},
		{850, 200, 210, 80, 7, 17, hex(0x6b5578), hex(0x53466a)},
		{390, 96, 290, 120, 8, 18, hex(0x54486c), hex(0x3a3557)},
	} {
		f := quad{{b.x, b.y}, {b.x + b.w, b.y + b.d*.06}, {b.x + b.w, 790}, {b.x, 790}}
		s := quad{{b.x + b.w, b.y + b.d*.06}, {b.x + b.w + b.d, b.y + b.d*.3}, {b.x + b.w + b.d, 790}, {b.x + b.w, 790}}
		c.Fill(f.box(0, 0, 1, 1), down(b.y, 790, b.front, b.front.mul(.72)), 1)
		c.Fill(s.box(0, 0, 1, 1), down(b.y, 790, b.side.mix(hex(0xf0a080), .28), b.side), 1)
		c.Fill(rect(b.x+b.w*.3, b.y-24, b.w*.3, 30).and(rect(b.x+b.w*.7, b.y-70, 3, 74)), b.side, 1)
		n := float64(b.floors)
		for j := range b.floors {
			v := (float64(j) + .5) / n
			for u := range b.cols {
				a, e := (float64(u)+.14)/float64(b.cols), (float64(u)+.86)/float64(b.cols)
				col := hex(0x2f2f50).mix(hex(0xc08a92), .25*float64(2-i))
				if c.r(0, 1) < .42 {
					col = []RGB{hex(0xffd58c), hex(0xffc27a), hex(0xfff0c8), hex(0xf2a96a), hex(0xbfd6e6)}[c.rnd.IntN(5)]
				}
				c.Fill(f.box(a, v-.28/n, e, v+.3/n), col, .95)
				if c.r(0, 1) < .4 {
					c.Fill(f.box(a, v-.28/n, a+.03, v+.3/n), b.front.mul(1.3), .8)
				}
				c.Fill(f.box(a-.02, v+.18/n, e+.02, v+.5/n), b.front.mul(1.22), .9)
				if c.r(0, 1) < .12 {
					c.Fill(f.box(a+.02, v+.02/n, a+.04, v+.2/n).and(f.box(a+.055, v+.02/n, a+.085, v+.2/n)), hex(0xe8d7cf), .9)
				}
			}
		}
		c.Windows(s, 2, b.floors, .4, .42, .35, hex(0xffc880), hex(0x2b2a49))
		c.Mist(560, 800, hex(0xe2a58f), .25*float64(2-i))
	}
	park := c.slope(func(x float64) float64 { return 706 + 20*math.Sin(x/200) }, 8, 120, 3)
	c.Woods(park, -20, 1220, 92, .05, down(600, 760, hex(0x4a3f5c), hex(0x2a2842)))
	c.Fill(park, hex(0x262540), 1)
	for _, x := range []float64{160, 470, 760, 1060} {
		c.Lamp(x, 770, 110, hex(0x14142a), hex(0xffe2a6), .8)
		c.GlowE(x, 772, 110, 22, hex(0xffd08a), .5)
	}
	c.Fill(figure(540, 776, 58).and(figure(690, 770, 54), figure(716, 772, 38)), hex(0x12132a), 1)
	c.Bloom(.75, 12, .3)
	c.Vignette(.25)
}
