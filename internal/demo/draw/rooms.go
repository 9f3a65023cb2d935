package main

import "math"

// brewery is copper kettles with long necks in a tiled hall.
func brewery(c *Canvas) {
	c.Fill(rect(-5, -5, 1210, 640), across(0, 1200, hex(0xe6e9dc), hex(0xc3d0c8), hex(0x8fa8a4)), 1)
	for j := range 16 {
		c.Fill(rect(0, 38*float64(j), 1200, 1.5), hex(0x7f948f), .4)
		for i := range 17 {
			c.Fill(rect(76*float64(i)+38*float64(j%2), 38*float64(j), 1.5, 38), hex(0x7f948f), .4)
		}
	}
	c.Fill(rect(0, 418, 1200, 38), hex(0x1f6a55), .9)
	c.Fill(rect(0, 462, 1200, 6), hex(0x1f6a55), .9)
	for i := range 3 {
		x := 190 + 410*float64(i)
		win := arch(x, 330, 170, 170, 85)
		c.Fill(arch(x, 338, 196, 178, 97), hex(0x5b716e), 1)
		c.Fill(win, down(80, 330, hex(0xfdfbe8), hex(0xd3e6e4), hex(0xf5e2b4)), 1)
		for k := range 3 {
			c.Fill(rect(x-44+42*float64(k), 76, 4, 254), hex(0x4a605e), 1)
		}
		c.Fill(rect(x-85, 160, 170, 4).and(rect(x-85, 244, 170, 4)), hex(0x4a605e), 1)
		c.Beam(poly(x-80, 120, x+80, 120, x+330, 800, x+60, 800), hex(0xfff3cc), .16, 26)
	}
	c.Fill(rect(-5, 600, 1210, 210), down(600, 800, hex(0xb0a48e), hex(0x5f584f)), 1)
	copper := []RGB{hex(0x4a1d12), hex(0x9a4824), hex(0xd9814a), hex(0xffd9a8), hex(0xe2935a), hex(0xa8522a), hex(0x64281a), hex(0xb86a3e)}
	kettle := func(x, y, r float64) {
		sheen := PaintFunc(func(px, py float64) RGB {
			u := (px - x) / r
			v := (py - y) / r
			return ramp(.5+.5*u+.05*math.Sin(v*4), copper).mul(1.08 - .22*math.Max(0, v))
		})
		c.Shade(ellipse(x+30, y+r*1.32, r*1.2, r*.16), hex(0x3a3028), .8, 14)
		c.Fill(rect(x-r*.86, y+r*.6, r*.12, r*.7).and(rect(x+r*.74, y+r*.6, r*.12, r*.7), rect(x-r*.06, y+r*.8, r*.12, r*.55)), hex(0x4a3a30), 1)
		neck := append(curve(points(x-r*.5, y-r*.62, x-r*.24, y-r*.86, x-r*.15, y-r*1.2, x-r*.12, y-r*1.9)), curve(points(x+r*.12, y-r*1.9, x+r*.15, y-r*1.2, x+r*.24, y-r*.86, x+r*.5, y-r*.62))...)
		c.Fill(ring(neck), PaintFunc(func(px, py float64) RGB {
			w := r * (.13 + .3*smooth(y-r*1.3, y-r*.62, py))
			return ramp(.5+.5*(px-x)/w, copper)
		}), 1)
		c.Fill(ring(append(sector(x, y, r, r*.82, .5, 1), sector(x, y, r, r*.2, 0, .5)...)), sheen, 1)
		c.Fill(ring(append(sector(x, y+r*.1, r, r*.18, .5, 1), append(points(x+r, y+r*.55), sector(x, y+r*.55, r, r*.5, 0, .5)...)...)), sheen, 1)
		c.Fill(rect(x-r*1.03, y-r*.02, r*2.06, r*.14), across(x-r, x+r, copper...), 1)
		c.Fill(rect(x-r*1.03, y+r*.1, r*2.06, r*.025), hex(0x3a1810), .7)
		for i := range 21 {
			a := -1 + float64(i)/10
			c.Fill(circle(x+r*math.Sin(a*math.Pi/2), y+r*.05, r*.018), hex(0xffe2b8), .8)
		}
		for _, d := range []float64{-.62, -1.1} {
			c.Fill(round(x-r*(.5+.2*d), y+r*d*1.0-r*.02, 2*r*(.5+.2*d), r*.05, r*.02), hex(0xf0c98e), .55)
		}
		c.Fill(ellipse(x+r*.1, y-r*.36, r*.2, r*.13), hex(0x3a1810), 1)
		c.Fill(ellipse(x+r*.1, y-r*.37, r*.16, r*.1), hex(0xf7dc9c), 1)
		c.Fill(circle(x-r*.3, y+r*.4, r*.12), hex(0xf3e6c0), 1)
		c.Fill(stroke(r*.03, sector(x-r*.3, y+r*.4, r*.12, r*.12, 0, 1)), hex(0xc99a48), 1)
		c.Line(hex(0xa83228), 1, r*.02, x-r*.3, y+r*.4, x-r*.24, y+r*.33)
		c.Soft(ellipse(x-r*.36, y-r*.46, r*.16, r*.08).turn(x-r*.36, y-r*.46, -.6), hex(0xfffae6), .9, r*.04)
	}
	pipe := func(w float64, l []Pt) {
		for i, t := range []float64{1, .75, .45, .2} {
			c.Fill(stroke(w*t, l).shift(0, -w*.08*float64(i)), []RGB{hex(0x4a1d12), hex(0xa8522a), hex(0xe2935a), hex(0xffe0b4)}[i], 1)
		}
	}
	pipe(26, curve(points(-20, 96, 200, 96, 236, 98, 252, 130, 252, 300)))
	pipe(20, points(-20, 560, 1220, 560))
	kettle(640, 400, 130)
	kettle(252, 470, 200)
	pipe(30, curve(points(980, 260, 980, 70, 1010, 40, 1060, 36, 1230, 36)))
	kettle(980, 500, 250)
	c.Line(hex(0x2c3a3a), 1, 6, 0, 690, 1200, 690)
	c.Line(hex(0x2c3a3a), 1, 4, 0, 730, 1200, 730)
	for i := range 9 {
		c.Line(hex(0x2c3a3a), 1, 7, 40+140*float64(i), 686, 40+140*float64(i), 810)
	}
	for i := range 8 {
		c.Soft(ellipse(640+c.r(-40, 60), 130-14*float64(i), 40+7*float64(i), 20), hex(0xffffff), .14, 16)
	}
	c.Bloom(.9, 18, .2)
	c.Vignette(.28)
}

// schoolHall is an empty classroom with tall windows and long light.
func schoolHall(c *Canvas) {
	k := Cam{X: 760, Y: 330, F: 640, Eye: 2.3}
	c.Fill(k.front(-7, 0, 5, 5.6, 13), down(60, 450, hex(0xd3c9a4), hex(0xe3d3a8), hex(0xb49c74)), 1)
	c.Fill(k.side(-7, 0, 1.5, 5.6, 13), across(0, 420, hex(0x8f8566), hex(0xc3b48c)), 1)
	c.Fill(k.side(5, 0, 1.5, 5.6, 13), across(1000, 1200, hex(0xc9b98e), hex(0xa08d6a)), 1)
	c.Fill(k.side(5, 0, 1.5, 1.3, 13).and(k.front(-7, 0, 5, 1.3, 13)), hex(0x5f7f6c), 1)
	c.Fill(k.side(-7, 0, 1.5, 1.0, 13), hex(0x4a6657), 1)
	c.Fill(k.flat(-7, 5.6, 1.5, 5, 5.6, 1.5, 5, 5.6, 13, -7, 5.6, 13), hex(0xe6dec2), 1)
	for _, z := range []float64{4, 7, 10, 12.6} {
		c.Fill(k.flat(-7, 5.6, z, 5, 5.6, z, 5, 5.3, z, -7, 5.3, z), hex(0xbdb08c), 1)
	}
	floor := k.flat(-7, 0, 1.5, 5, 0, 1.5, 5, 0, 13, -7, 0, 13)
	c.Fill(floor, down(440, 800, hex(0xb98a58), hex(0x8a5c3a)), 1)
	for i := range 49 {
		x := -7 + .25*float64(i)
		c.Fill(k.line(.012, x, 0, 2, x, 0, 13), hex(0x4f321f), .45)
	}
	for i := range 4 {
		z := 3.0 + 2.5*float64(i)
		q := quad{k.at(-6.98, 5, z), k.at(-6.98, 5, z+1.7), k.at(-6.98, 1.2, z+1.7), k.at(-6.98, 1.2, z)}
		c.Fill(q.box(-.06, -.03, 1.06, 1.03), hex(0x6f6a52), 1)
		c.Fill(q.box(0, 0, 1, 1), down(0, 420, hex(0xfffef2), hex(0xeaf2e6), hex(0xf6e2ac)), 1)
		c.In(q.box(0, 0, 1, 1), func() {
			p := q.at(.5, 1)
			c.Soft(c.crown(p.X, p.Y-6, 60, 80), hex(0xa9bf88), .6, 12)
		})
		for n := 1; n < 3; n++ {
			u := float64(n) / 3
			c.Fill(q.box(u-.02, 0, u+.02, 1), hex(0x5b573f), 1)
		}
		for n := 1; n < 5; n++ {
			v := float64(n) / 5
			c.Fill(q.box(0, v-.007, 1, v+.007), hex(0x5b573f), 1)
		}
		// The light it throws on the boards.
		for n := range 3 {
			u := z + .1 + .55*float64(n)
			c.Beam(k.flat(-5.4, .01, u, -5.4, .01, u+.45, -.6, .01, u+1.35, -.6, .01, u+.9), hex(0xffe3a0), .5, 3)
		}
		c.Beam(poly(q[0].X, q[0].Y, q[1].X, q[1].Y, k.at(-.6, 0, z+2.3).X, k.at(0, 0, z+2.3).Y, k.at(-5.4, 0, z).X, k.at(0, 0, z).Y), hex(0xfff0c4), .16, 16)
	}
	// Blackboard, clock and map on the end wall.
	c.Fill(k.front(-4.6, 1.5, 1.9, 3.9, 12.95), hex(0x7a4f30), 1)
	c.Fill(k.front(-4.45, 1.62, 1.75, 3.78, 12.94), mottle(down(200, 380, hex(0x2f4f45), hex(0x274339)), 2, 60, 20, .2), 1)
	p := k.at(3.4, 3.7, 12.9)
	c.Fill(circle(p.X, p.Y, 24), hex(0x4a3424), 1)
	c.Fill(circle(p.X, p.Y, 20), hex(0xfaf5e2), 1)
	c.Line(hex(0x222222), 1, 2.4, p.X, p.Y, p.X+9, p.Y+6)
	c.Line(hex(0x222222), 1, 2, p.X, p.Y, p.X-2, p.Y-15)
	c.Fill(k.front(2.5, 0, 4.3, 2.9, 12.9), hex(0x6d4a30), 1)
	c.Fill(k.front(2.7, 1.5, 4.1, 2.7, 12.88), hex(0xa98a60), 1)
	c.Fill(k.front(-3.4, .85, -.2, 1, 11.6).and(k.front(-3.2, 0, -.4, .9, 11.6)), hex(0x7d5332), 1)
	for _, z := range []float64{10, 8.4, 6.9, 5.5, 4.2, 3.05} {
		for _, x := range []float64{-4.7, -2.6, -.5, 1.6, 3.5} {
			f := hex(0xe8d2a0)
			d := smooth(4, 13, z) * .3
			leg, top := hex(0x3c3a38).mix(f, d), hex(0xc98f55)
			c.Shade(k.floor(x+.1, z-.3, x+1.6, z+.6, 0), hex(0x5a3a24), .5, 40/z)
			for _, e := range [][2]float64{{.05, 0}, {1.1, 0}, {.05, .6}, {1.1, .6}} {
				c.Fill(k.line(.05, x+e[0], 0, z+e[1], x+e[0], .72, z+e[1]), leg, 1)
			}
			c.Fill(k.flat(x, .72, z, x+1.2, .72, z, x+1.2, .72, z+.62, x, .72, z+.62), across(0, 1200, top.mix(hex(0xffedb8), .55), top, top.mul(.78)), 1)
			c.Fill(k.front(x, .6, x+1.2, .72, z), top.mul(.6), 1)
			zc := z - .45
			for _, e := range []float64{.3, .85} {
				c.Fill(k.line(.045, x+e, 0, zc, x+e, .9, zc), hex(0x2f5a50).mix(f, d), 1)
			}
			c.Fill(k.front(x+.25, .62, x+.95, .95, zc), hex(0xa8683a).mix(f, d), 1)
			c.Fill(k.floor(x+.25, zc, x+.95, zc+.4, .45), hex(0xb97a48).mix(f, d), 1)
		}
	}
	for _, z := range []float64{5, 9} {
		q := k.at(-1, 4.5, z)
		c.Line(hex(0x55503f), 1, 14/z, q.X, q.Y-640/z, q.X, q.Y)
		c.Fill(ring(sector(q.X, q.Y+90/z, 260/z, 110/z, .5, 1)), hex(0xf3f0e2), 1)
	}
	c.Bloom(.85, 26, .28)
	c.Vignette(.32)
}

// ballotBoxes is black boxes and pencils on a trestle table in a plain hall.
func ballotBoxes(c *Canvas) {
	c.Fill(rect(-5, -5, 1210, 560), across(0, 1200, hex(0x8fa3a3), hex(0xc9d0c4), hex(0xe8e2ca)), 1)
	c.Fill(rect(0, 330, 1200, 190), hex(0x5f7f7c), .55)
	c.Fill(rect(0, 322, 1200, 9), hex(0x486462), .8)
	c.Fill(rect(930, 40, 210, 240), hex(0x6a7470), 1)
	for i := range 6 {
		c.Fill(rect(942+66*float64(i%3), 52+112*float64(i/3), 58, 104), down(40, 280, hex(0xfffdf0), hex(0xf6e9c0)), 1)
	}
	c.Beam(poly(930, 60, 1140, 60, 820, 800, 320, 800), hex(0xfff4d2), .26, 40)
	c.Fill(rect(-5, 520, 1210, 300), down(520, 800, hex(0xb18a5e), hex(0x6f4f38)), 1)
	for i := range 21 {
		x := -300 + 90*float64(i)
		c.Line(hex(0x4f3626), .4, 2, 600+(x-600)*.7, 520, x+(x-600)*.5, 800)
	}
	// Booths behind, with short curtains and feet under one.
	for i := range 4 {
		x := 60 + 196*float64(i)
		c.Fill(rect(x, 170, 186, 366), hex(0xb9925e), 1)
		c.Fill(rect(x+10, 180, 166, 356), down(180, 540, hex(0x5a4530), hex(0x3a2c22)), 1)
		if i == 2 {
			c.Fill(taper(20, 15, points(x+74, 440, x+72, 540)).and(taper(20, 15, points(x+106, 440, x+110, 540)), ellipse(x+70, 541, 17, 6), ellipse(x+114, 541, 17, 6)), hex(0x1c2024), 1)
		}
		for n := range 14 {
			u := x + 10 + 166*float64(n)/14
			if i == 1 && n > 5 {
				continue
			}
			k := .72 + .28*math.Sin(float64(n)*1.7)
			c.Fill(rect(u, 196, 12.4, 270+4*math.Sin(float64(n)*2)), down(196, 470, hex(0x2f7a66).mul(k*1.1), hex(0x1d5648).mul(k)), 1)
		}
		c.Line(hex(0xd8c49a), 1, 6, x+6, 194, x+182, 194)
		c.Fill(rect(x, 156, 190, 22), hex(0xd3ac74), 1)
		c.Soft(rect(x, 536, 190, 14), hex(0x4a3424), .6, 6)
	}
	// Trestle and the boxes on it.
	for _, x := range []float64{150, 930} {
		c.Line(hex(0x5a4030), 1, 20, x, 690, x-60, 830)
		c.Line(hex(0x6b4d38), 1, 20, x+60, 690, x+120, 830)
	}
	c.Shade(rect(-10, 690, 1220, 60), hex(0x4a3424), .8, 14)
	c.Fill(poly(60, 610, 1140, 610, 1230, 680, -30, 680), down(610, 680, hex(0xe9cf9f), hex(0xd6b27c)), 1)
	c.Fill(poly(-30, 680, 1230, 680, 1230, 704, -30, 704), hex(0x9a744a), 1)
	box := func(x, y, w, h float64, col RGB) {
		d := w * .3
		c.Shade(poly(x, y, x+w, y, x+w-40, y+26, x-110, y+26), hex(0x5a4028), .75, 9)
		c.Fill(rect(x, y-h, w, h), down(y-h, y, col.mul(1.15), col.mul(.8)), 1)
		c.Fill(poly(x+w, y-h, x+w+d*.6, y-h-d*.42, x+w+d*.6, y-d*.42, x+w, y), across(x+w, x+w+d*.6, col.mul(1.6), col.mul(1.25)), 1)
		c.Fill(poly(x-6, y-h, x+w+4, y-h, x+w+d*.6+4, y-h-d*.42, x+d*.6-4, y-h-d*.42), down(y-h-d*.42, y-h, col.mul(2.6), col.mul(1.9)), 1)
		c.Fill(rect(x-6, y-h, w+10, 15), col.mul(1.5), 1)
		c.Fill(poly(x+w*.3, y-h-d*.17, x+w*.82, y-h-d*.17, x+w*.86, y-h-d*.25, x+w*.34, y-h-d*.25), hex(0x08090b), 1)
		c.Fill(round(x+w*.1, y-h*.72, w*.8, h*.46, 4), hex(0xf6f2e4), 1)
		c.Line(hex(0x2c3236), 1, w*.035, x+w*.36, y-h*.5, x+w*.46, y-h*.38, x+w*.64, y-h*.64)
		for _, s := range []float64{.08, .92} {
			c.Line(hex(0xc63a30), 1, 5, x+w*s, y-h+4, x+w*s, y-h+34)
			c.Fill(round(x+w*s-9, y-h+30, 18, 22, 4), hex(0xd8483a), 1)
		}
	}
	box(90, 654, 230, 210, hex(0x2c3338))
	box(470, 656, 250, 232, hex(0x2a3136))
	box(870, 654, 220, 200, hex(0x2c3338))
	c.Fill(poly(600, 424, 660, 352, 738, 366, 690, 424).shift(-2, -26), down(330, 420, hex(0xfffdf4), hex(0xe3dcc6)), 1)
	c.Line(hex(0xb9b29c), .7, 3, 654, 366, 706, 376)
	c.Line(hex(0xb9b29c), .7, 3, 644, 378, 688, 386)
	for i, p := range [][3]float64{{380, 668, -.2}, {770, 664, .3}, {800, 672, -.1}} {
		c.Fill(rect(p[0]-44, p[1]-4, 80, 7).and(poly(p[0]+36, p[1]-4, p[0]+50, p[1]-.5, p[0]+36, p[1]+3)).turn(p[0], p[1], p[2]), []RGB{hex(0xe0a53a), hex(0x2f6f5c), hex(0xc63a30)}[i], 1)
	}
	c.Vignette(.28)
}
