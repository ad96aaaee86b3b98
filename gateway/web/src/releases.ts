// What each release brought, told to whoever opens a page after it for the first time; the newest is on top.

export interface Release {
  version: string;
  news: string[];
}

export const RELEASES: Release[] = [
  {
    version: "0.1.0",
    news: [
      "企业建档与审核、风险分级管控、隐患排查治理、执法检查、通知公告、统计分析在一个系统里办理。",
      "忘记密码可以自助找回：在登录页点“忘记密码”，用账号登记的手机号或邮箱收取验证码。没有登记的，请到“个人信息”登记。",
      "个人信息可以更换手机号和邮箱、设置头像和签名图片；个人菜单随账号保存，换电脑也在。",
      "隐患治理有“流程指引”，从隐患详情可以看到这条隐患走到了哪一步。",
      "“我的任务”汇总审核、整改、复查、检查、督办和通知，件数与右上角一致。",
    ],
  },
];
