"""Trends of parts of a year, with a level for each period of the year: Poisson regression with all of its coefficients, by Newton at 50 digits.

python3 tests/data/seasonal_trends.py writes tests/data/seasonal_trends.csv; it needs mpmath.
"""
from pathlib import Path
from mpmath import mp, mpf, matrix, lu_solve, exp, log, sqrt
import random
mp.dps=50
random.seed(4)
def glm(xs,ns,cycle):
    pts=[(t,mpf(x),mpf(n),t%cycle) for t,(x,n) in enumerate(zip(xs,ns)) if x is not None]
    used=sorted({s for _,x,_,s in pts if sum(p[1] for p in pts if p[3]==s)>0})
    pts=[p for p in pts if p[3] in used]
    k=len(used)+1
    row=lambda p:[mpf(1) if p[3]==s else mpf(0) for s in used]+[mpf(p[0])]
    beta=[log(sum(p[1] for p in pts if p[3]==s)/sum(p[2] for p in pts if p[3]==s)) for s in used]+[mpf(0)]
    for _ in range(100):
        g=matrix(k,1);H=matrix(k,k)
        for p in pts:
            r=row(p); mu=p[2]*exp(sum(a*b for a,b in zip(r,beta)))
            for i in range(k):
                g[i]+=r[i]*(p[1]-mu)
                for j in range(k): H[i,j]+=r[i]*r[j]*mu
        d=lu_solve(H,g)
        beta=[b+d[i] for i,b in enumerate(beta)]
        if max(abs(d[i]) for i in range(k))<mpf(10)**-40: break
    inv=H**-1
    chi=mpf(0)
    for p in pts:
        mu=p[2]*exp(sum(a*b for a,b in zip(row(p),beta))); chi+=(p[1]-mu)**2/mu
    df=len(pts)-k
    return beta[-1],sqrt(inv[k-1,k-1]),chi/df,df
def f(x): return mp.nstr(x,20)
cases=[]
def case(name,months,cycle,xs,ns):
    b,e,phi,df=glm(xs,ns,cycle)
    cases.append(f"{name},{months},{' '.join('' if x is None else str(x) for x in xs) if None not in xs else ' '.join('-' if x is None else str(x) for x in xs)},{' '.join(map(str,ns))},{f(b*12/months)},{f(e*12/months)},{f(phi)},{df}")
season=[80,75,90,95,110,130,160,150,120,100,90,85]
case("two years of months",1,12,[int(season[i%12]*(1+.01*i)*random.uniform(.9,1.1)) for i in range(24)],[1000]*24)
xs=[int(season[i%12]*random.uniform(.8,1.2)) for i in range(40)]; xs[5]=None; xs[17]=None; xs[30]=None
case("gaps and parts of years",1,12,xs,[1000+13*i for i in range(40)])
case("quarters",3,4,[12,30,44,9,10,35,41,13,15,39,60,11],[500]*12)
case("half-years",6,2,[120,300,110,333],[70,71,72,75])
case("an empty season",3,4,[0,30,44,9,0,35,41,13,0,39,60,11,0,33,50,10],[500]*16)
case("five months",5,12,[40+7*(i%12)+i for i in range(30)],[900]*30)
Path(__file__).with_suffix(".csv").write_text("case,months,counts,people,log_ratio_per_year,error,phi,degrees\n"+"\n".join(cases)+"\n")
